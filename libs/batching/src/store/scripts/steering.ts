import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { PEEK } from './state.fragment';

/** What operators have ordered for a conversation: when each order ends, ms; null: it is over, or there is none. */
export interface SteeringReply {
  muted: number | null;
  blocked: number | null;
  held: number | null;
}

/** Where no turn is held, a worker asks here whether it may call the bot. */
export const steering = defineScript({
  name: 'steering',
  does: 'Says whether the bot is muted for a conversation, whether its customer is blocked, and whether it is held.',
  keys: ['state'],
  args: { nowMs: 'ms' },
  fragments: [CLOCK, PEEK],
  body: `
local s = peek(state)
local function left(ends)
  return ends and ends > now and ends or -1
end
return { left(s.mutedUntil), left(s.blockedUntil), left(s.heldUntil) }
`,
  reply: (raw): SteeringReply => {
    const [muted, blocked, held] = (raw as [number, number, number]).map((ends) =>
      ends === -1 ? null : ends,
    );
    return { muted: muted ?? null, blocked: blocked ?? null, held: held ?? null };
  },
});
