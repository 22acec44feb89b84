import { switchBot } from './bots-off';
import { type Answer, call, type Problem } from './http';
import { pathOf } from './timeline';

/** How long a mute lasts that is not ended sooner, minutes. */
const MUTE_MINUTES = '60';

/** What an act was answered. */
export interface Done extends Problem {
  /** Of a bulk redrive. */
  redriven?: number;
  busy?: number;
}

const steer = (id: string, verb: string, query?: Record<string, string>): Promise<Answer<Problem>> =>
  call('POST', pathOf('/admin/conversations', id, `/${verb}`, query));

/** What a bulk redrive has done. */
interface Redriven {
  redriven: number;
  /** Letters that stay, because another batch of their conversation is in hand. */
  busy: number;
  more: boolean;
  /** Goes on with the rest, ms since the epoch. */
  before: number;
}

/** Tries every dead letter of this moment again: a call does up to 1,000. */
async function redriveAll(): Promise<Answer<Done>> {
  let redriven = 0;
  let query = '';
  for (;;) {
    const { status, body } = await call<Redriven>('POST', `/admin/dead-letters/redrive${query}`);
    if (status !== 200) return { status, body };
    redriven += body.redriven;
    // Where a call moves none, all that is left waits for other batches.
    if (!body.more || body.redriven === 0) return { status, body: { redriven, busy: body.busy } };
    query = `?before=${String(body.before)}`;
  }
}

/** The calls that change something; each is about a conversation, a batch or a company. */
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
  replay: (batchId: string) => call('POST', `/admin/history/${encodeURIComponent(batchId)}/replay`),
  repair: (id: string) => call('POST', `/admin/set-aside/${encodeURIComponent(id)}/repair`),
  redriveAll,
  erase: (id: string) => call('DELETE', pathOf('/admin/customers', id)),
  botOff: (company: string) => switchBot(company, 'off'),
  botOn: (company: string) => switchBot(company, 'on'),
  pause: () => call('POST', '/admin/pause'),
  resume: () => call('POST', '/admin/resume'),
} satisfies Record<string, (id: string) => Promise<Answer<Done>>>;

export type Act = keyof typeof acts;
