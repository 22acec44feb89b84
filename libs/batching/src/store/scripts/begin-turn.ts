import { defineChange } from './define-change';

/** `busy`: another batch of the conversation is at the bot, or on its way there. */
export type BeginTurnOutcome = 'begun' | 'busy';

/**
 * A worker starts on a batch. Whoever started on it before loses the turn: the queue gives a job to a second worker
 * only when the first is thought dead. A batch without a turn of its own (a replay, or one from before turns were held)
 * gets one where the conversation is free.
 */
export const beginTurn = defineChange({
  name: 'beginTurn',
  does: 'Gives a conversation’s turn to the worker that starts on its batch.',
  args: { batchId: 'text', token: 'text', askAfterMs: 'ms' },
  body: `
local isNext = s.batch == batchId or not s.batch
if s.turn ~= batchId and (s.turn or not isNext) then return 'busy' end
s.turn, s.turnToken, s.turnBegan, s.turnUntil = batchId, token, now, now + askAfterMs
save()
return 'begun'
`,
  reply: (raw) => raw as BeginTurnOutcome,
});
