import { defineChange } from './define-change';

/**
 * `muted`: begun, but the bot is not to be called. `busy`: another batch of the conversation is at the bot, or on its way
 * there. `superseded`: a later batch has its messages.
 */
export type BeginTurnOutcome = 'begun' | 'muted' | 'busy' | 'superseded';

/**
 * A worker starts on a batch. Whoever started on it before loses the turn: the queue gives a job to a second worker
 * only when the first is thought dead. A batch without a turn of its own (a replay, or one from before turns were held)
 * gets one where the conversation is free.
 */
export const beginTurn = defineChange({
  name: 'beginTurn',
  does: 'Gives a conversation’s turn to the worker that starts on its batch.',
  keys: ['superseded'],
  args: { batchId: 'text', token: 'text', wasDraft: 'flag', isOff: 'flag', askAfterMs: 'ms' },
  body: `
if wasDraft and redis.call('ZSCORE', superseded, batchId) then return 'superseded' end
local isNext = s.batch == batchId or not s.batch
if s.turn ~= batchId and (s.turn or not isNext) then return 'busy' end
s.turn, s.turnToken, s.turnBegan, s.turnUntil = batchId, token, now, now + askAfterMs
s.turnOpened = s.turnOpened or s.batch == batchId and s.claimOpened or now
save()
return (isOff or (s.mutedUntil or 0) > now) and 'muted' or 'begun'
`,
  reply: (raw) => raw as BeginTurnOutcome,
});
