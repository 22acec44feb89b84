import { CLOCK } from './fragments';
import { defineScript } from './define-script';

/** A worker asks before it relies on its turn: `TURN_MAX` may have passed, and nobody have looked yet. */
export const holdsTurn = defineScript({
  name: 'holdsTurn',
  does: 'Says whether a worker has the turn of a conversation, and has not had it for too long.',
  keys: ['state'],
  args: { nowMs: 'ms', token: 'text', turnMaxMs: 'ms' },
  fragments: [CLOCK],
  body: `
local turn = redis.call('HMGET', state, 'turnToken', 'turnBegan')
return turn[1] == token and now - tonumber(turn[2] or now) < turnMaxMs
`,
  reply: (raw): boolean => raw === 1,
});
