/**
 * The result of a job. `delivered`: the bot has the message, and its replies are on their way. `superseded`: a later
 * batch has its messages, and nothing of its answer is sent. `muted`: an operator has muted the bot; it was not called, or
 * nothing of its answer is sent. `late`: the conversation has gone on without this worker.
 * `lost`: the queue has given the job to another worker, which goes on with it.
 * `later`: to be tried again; `window`: its answer waits for its window; `promised`: the bot
 * will answer later. `dead`: only an operator can help.
 */
export type DeliveryOutcome =
  | { kind: 'delivered' }
  | { kind: 'superseded' }
  | { kind: 'muted' }
  | { kind: 'late' }
  | { kind: 'lost' }
  | {
      kind: 'later';
      delayMs: number;
      why: 'busy' | 'retry' | 'away' | 'interrupted' | 'paced' | 'window' | 'promised';
    }
  | { kind: 'dead'; reason: string };

/** Another worker may have it at once. */
export const INTERRUPTED: DeliveryOutcome = { kind: 'later', delayMs: 0, why: 'interrupted' };
