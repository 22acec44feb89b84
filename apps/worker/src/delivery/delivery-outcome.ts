/**
 * The result of a job. `delivered`: the bot has the message, and its replies are on their way. `late`: the
 * conversation has gone on without this worker. `later`: to be tried again. `dead`: only an operator can help.
 */
export type DeliveryOutcome =
  | { kind: 'delivered' }
  | { kind: 'late' }
  | { kind: 'later'; delayMs: number; why: 'busy' | 'retry' | 'away' | 'interrupted' | 'paced' }
  | { kind: 'dead'; reason: string };
