import { type Answer, call, type Problem } from './http';
import { pathOf } from './timeline';

/** How long a mute lasts that is not ended sooner, minutes. */
const MUTE_MINUTES = '60';

const steer = (id: string, verb: string, query?: Record<string, string>): Promise<Answer<Problem>> =>
  call('POST', pathOf('/admin/conversations', id, `/${verb}`, query));

/** The calls that change something; each is about a conversation, or a batch. */
export const acts = {
  flush: (id: string) => call('POST', pathOf('/admin/batches', id, '/flush')),
  clear: (id: string) => call('DELETE', pathOf('/webhook/whatsapp/batched', id)),
  mute: (id: string) => steer(id, 'mute', { minutes: MUTE_MINUTES }),
  unmute: (id: string) => steer(id, 'unmute'),
  hold: (id: string) => steer(id, 'hold'),
  release: (id: string) => steer(id, 'release'),
  block: (id: string) => steer(id, 'block'),
  unblock: (id: string) => steer(id, 'unblock'),
  redrive: (batchId: string) => call('POST', `/admin/dead-letters/${encodeURIComponent(batchId)}/redrive`),
  discard: (batchId: string) => call('DELETE', `/admin/dead-letters/${encodeURIComponent(batchId)}`),
  pause: () => call('POST', '/admin/pause'),
  resume: () => call('POST', '/admin/resume'),
} satisfies Record<string, (id: string) => Promise<Answer<Problem>>>;

export type Act = keyof typeof acts;
