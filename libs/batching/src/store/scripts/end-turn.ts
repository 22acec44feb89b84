import { defineChange } from './define-change';

/** `stale`: the turn is another worker's, another batch's, or over. */
export type EndTurnOutcome = 'ended' | 'stale';

/** The bot is done with a batch: what gathered meanwhile is due as its silence says. */
export const endTurn = defineChange({
  name: 'endTurn',
  does: 'Ends the turn of a batch, for the holder of its token or, without a token, for whoever knows that it is over.',
  args: { batchId: 'text', token: 'text' },
  wakes: true,
  body: `
local isOurs = s.turn == batchId and (token == '' or token == s.turnToken)
-- Its job was consumed before it was settled: then the settle must open no turn.
local isAhead = token == '' and not s.turn and s.batch == batchId
if not isOurs and not isAhead then return 'stale' end
if s.batch == batchId then s.done = batchId end
dropTurn()
save()
return 'ended'
`,
  reply: (raw) => raw as EndTurnOutcome,
});
