import { type Answer, call, type Problem } from './http';
import { pathOf } from './timeline';

/** The calls that change something. */
export const acts = {
  flush: (id: string) => call('POST', pathOf('/admin/batches', id, '/flush')),
  clear: (id: string) => call('DELETE', pathOf('/webhook/whatsapp/batched', id)),
  redrive: (batchId: string) => call('POST', `/admin/dead-letters/${encodeURIComponent(batchId)}/redrive`),
  discard: (batchId: string) => call('DELETE', `/admin/dead-letters/${encodeURIComponent(batchId)}`),
  pause: () => call('POST', '/admin/pause'),
  resume: () => call('POST', '/admin/resume'),
} satisfies Record<string, (id: string) => Promise<Answer<Problem>>>;

export type Act = keyof typeof acts;
