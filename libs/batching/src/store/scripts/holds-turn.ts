import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { PEEK } from './state.fragment';

/** A worker asks before it relies on its turn: `TURN_MAX` may have passed, and nobody have looked yet. */
export const holdsTurn = defineScript({
  name: 'holdsTurn',
  does: 'Says whether a worker has the turn of a conversation, and has not had it for too long.',
  keys: ['state'],
  args: { nowMs: 'ms', token: 'text', turnMaxMs: 'ms' },
  fragments: [CLOCK, PEEK],
  body: `
local s = peek(state)
return s.turnToken == token and now - (s.turnBegan or now) < turnMaxMs
`,
  reply: (raw): boolean => raw === 1,
});
