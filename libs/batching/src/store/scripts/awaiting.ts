import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';
import { AWAITS_OF } from './element.fragment';
import { PEEK } from './state.fragment';

export interface Awaiting {
  /** Redis's time, ms. */
  now: number;
  /** Messages that wait for a transcript, or have waited in vain, and may still be given one. */
  elements: string[];
}

/** A look at what a conversation waits for; by the worker that has it in hand, which goes on having it, or is done with it. */
export const awaiting = defineScript({
  name: 'awaiting',
  does: 'Returns the messages of the window, and of a draft, that wait for a transcript; with a time, keeps the conversation for the caller while any does, and drops it otherwise.',
  keys: ['messages', 'state', 'awaited'],
  args: { nowMs: 'ms', conversation: 'text', leaseMs: 'ms' },
  fragments: [CLOCK, PEEK, AWAITS_OF],
  body: `
local found, isOpen, s = {}, false, peek(state)
for _, element in ipairs(redis.call('LRANGE', messages, s.leaseUntil and s.count or 0, '-1')) do
  local ends = awaitsOf(element)
  if ends then
    found[#found + 1] = element
    isOpen = isOpen or ends > now
  end
end
if leaseMs == 0 then return { now, found } end
if isOpen then
  redis.call('ZADD', awaited, 'XX', now + leaseMs, conversation)
else
  redis.call('ZREM', awaited, conversation)
end
return { now, found }
`,
  reply: (raw): Awaiting => {
    const [now, elements] = raw as [number, string[]];
    return { now, elements };
  },
});
