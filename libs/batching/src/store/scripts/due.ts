import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

export interface DueReply {
  /** Redis's time, ms. */
  now: number;
  /** The next conversation after these, and when it must be looked at, ms; null where there is none. */
  next: { conversation: string; at: number } | null;
  /** Ids of conversations that someone must look at now, longest overdue first. */
  conversations: string[];
}

/** A look at what is due; it changes nothing and costs what is due, never what is pending. */
export const due = defineScript({
  name: 'due',
  does: 'Names the conversations that someone must look at now; none while hand-off is paused.',
  keys: ['due', 'paused'],
  args: { nowMs: 'ms', horizonMs: 'ms', limit: 'count' },
  fragments: [CLOCK],
  body: `
if redis.call('EXISTS', paused) == 1 then return { now, '', -1, {} } end
local text = string.format('%d', now)
local found = redis.call('ZRANGEBYSCORE', due, '-inf', text, 'LIMIT', 0, limit)
-- Set before the clock went back: further ahead than any legitimate span.
local lost = string.format('(%d', now + horizonMs)
for _, conversation in ipairs(redis.call('ZRANGEBYSCORE', due, lost, '+inf', 'LIMIT', 0, limit)) do
  found[#found + 1] = conversation
end
local next = redis.call('ZRANGEBYSCORE', due, '(' .. text, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return { now, next[1] or '', tonumber(next[2] or -1), found }
`,
  reply: (raw): DueReply => {
    const [now, conversation, at, conversations] = raw as [number, string, number, string[]];
    return { now, next: at === -1 ? null : { conversation, at }, conversations };
  },
});
