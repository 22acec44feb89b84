import type { DeliveryRecord } from './delivery-progress';

/**
 * What a delivery does next. `call`: gives the bot the message. `await`: waits for the reply that it has promised. `commit`: makes its answer final. `confirm`: tells the bot
 * so. `handover`: leaves the conversation to humans. `reply`: sends its replies.
 */
export type DeliveryStep = 'call' | 'await' | 'commit' | 'confirm' | 'handover' | 'reply';

/**
 * The next step, as far as the record shows it: a worker that takes a job over continues there.
 *
 * @param isCommitted as this worker knows it: one that does not know asks again, and hears the same.
 */
export function nextStep(
  { replies, promisedAtMs, needsFinal, commit, isConfirmed, handover, sent, handed }: DeliveryRecord,
  isCommitted: boolean,
): DeliveryStep {
  // Once a reply was given to its sender, everything before it is done.
  if (sent.length > 0 || handed > 0) return 'reply';
  if (replies === null && (isCommitted || !needsFinal)) return promisedAtMs === null ? 'call' : 'await';
  if (!isCommitted) return 'commit';
  if (commit !== null && !isConfirmed) return 'confirm';
  return handover === 'asked' ? 'handover' : 'reply';
}
