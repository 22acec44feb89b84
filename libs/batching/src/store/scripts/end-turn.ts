import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `stale`: the turn is another worker's, another batch's, or over. */
export type EndTurnOutcome = 'ended' | 'stale';

/** The bot is done with a batch: what gathered meanwhile is due as its silence says. */
export const endTurn = defineScript({
  name: 'endTurn',
  does: 'Ends the turn of a batch, for the holder of its token or, without a token, for whoever knows that it is over.',
  keys: CONVERSATION_KEYS,
  args: { ...CONVERSATION_ARGS, batchId: 'text', token: 'text' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local isOurs = s.turn == batchId and (token == '' or token == s.turnToken)
-- Its job was consumed before it was settled: then the settle must open no turn.
local isAhead = token == '' and not s.turn and s.batch == batchId
if not isOurs and not isAhead then return 'stale' end
if s.batch == batchId then s.done = batchId end
dropTurn()
save()
reindex()
return 'ended'
`,
  reply: (raw) => raw as EndTurnOutcome,
});
