import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';
import { STEER } from './steered.fragment';

/** `until`: when the hold ends, ms; null: there is none. `forwarded`: the conversation is an alias of `to`. */
export type HoldReply = { outcome: 'held'; until: number | null } | { outcome: 'forwarded'; to: string };

/**
 * What the customer has written and will write waits, unless somebody flushes it; so does a draft. A human's answer never
 * shortens a hold, for an operator's may be longer; an operator says how long it is from now, or that it is over.
 */
export const hold = defineChange({
  name: 'hold',
  does: 'Keeps the messages of a conversation from being claimed for a time, or no longer.',
  keys: ['alias', 'superseded', 'steered'],
  args: { mayBeAlias: 'flag', holdMs: 'ms', mayShorten: 'flag' },
  wakes: true,
  fragments: [...SUPERSEDES, STEER],
  body: `
local to = mayBeAlias and redis.call('GET', alias)
if to then return { 'forwarded', to } end
if holdMs > 0 and maySupersede(0, 0) then supersede() end
local before = not mayShorten and s.heldUntil and not hasCome(s.heldUntil) and s.heldUntil or 0
s.heldUntil = holdMs > 0 and math.max(before, now + holdMs) or nil
steer('hold', s.heldUntil)
save()
return { 'held', s.heldUntil or -1 }
`,
  reply: (raw): HoldReply => {
    const [outcome, detail] = raw as ['held', number] | ['forwarded', string];
    return outcome === 'forwarded'
      ? { outcome, to: detail }
      : { outcome, until: detail === -1 ? null : detail };
  },
});
