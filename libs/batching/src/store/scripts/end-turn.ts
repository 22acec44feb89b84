import { BRAKE } from './brake.fragment';
import { COMMIT_BATCH, HISTORY_KEYS, REMEMBER } from './commit-batch.fragment';
import { defineChange } from './define-change';
import { STEER } from './steered.fragment';

/**
 * `stale`: the turn is another worker's, another batch's, or over. `held`: it is ended, and was one too many within an hour, so
 * that the conversation is held from now on.
 */
export type EndTurnOutcome = 'ended' | 'held' | 'stale';

/** What became of a turn. */
export interface TurnResult {
  /** The bot has had the message, and its replies have a result. */
  isDelivered: boolean;
  /** A reply was sent. */
  hasAnswered: boolean;
}

export const NO_RESULT: TurnResult = { isDelivered: false, hasAnswered: false };

/** The bot is done with a batch: what gathered meanwhile is due as its silence says. */
export const endTurn = defineChange({
  name: 'endTurn',
  does: 'Ends the turn of a batch, for the holder of its token or, without a token, for whoever knows that it is over.',
  keys: [...HISTORY_KEYS, 'steered'],
  args: { batchId: 'text', token: 'text', isDelivered: 'flag', hasAnswered: 'flag' },
  wakes: true,
  fragments: [COMMIT_BATCH, STEER, BRAKE],
  body: `
local isOurs = s.turn == batchId and (token == '' or token == s.turnToken)
-- Its job was consumed before it was settled: then the settle must open no turn.
local isAhead = token == '' and not s.turn and s.batch == batchId
if not isOurs and not isAhead then return 'stale' end
if s.batch == batchId then
  -- Its messages are with its job, whatever became of that.
  if s.leaseUntil then s.done = batchId else commitBatch() end
end
dropTurn()
if hasAnswered then s.answeredAt = now end
local isHeld = isDelivered and brakes()
save()
return isHeld and 'held' or 'ended'
`,
  closing: REMEMBER,
  reply: (raw) => raw as EndTurnOutcome,
});
