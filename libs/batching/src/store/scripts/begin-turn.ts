import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `busy`: another batch of the conversation is at the bot, or on its way there. */
export type BeginTurnOutcome = 'begun' | 'busy';

/**
 * A worker starts on a batch. Whoever started on it before loses the turn: the queue gives a job to a second worker
 * only when the first is thought dead. A batch without a turn of its own (a replay, or one from before turns were held)
 * gets one where the conversation is free.
 */
export const beginTurn = defineScript({
  name: 'beginTurn',
  does: 'Gives a conversation’s turn to the worker that starts on its batch.',
  keys: CONVERSATION_KEYS,
  args: { ...CONVERSATION_ARGS, batchId: 'text', token: 'text', askAfterMs: 'ms' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local isNext = s.batch == batchId or not s.batch
if s.turn ~= batchId and (s.turn or not isNext) then return 'busy' end
s.turn, s.turnToken, s.turnBegan, s.turnUntil = batchId, token, now, now + askAfterMs
save()
redis.call('PERSIST', state)
redis.call('PERSIST', lastMessage)
reindex()
return 'begun'
`,
  reply: (raw) => raw as BeginTurnOutcome,
});
