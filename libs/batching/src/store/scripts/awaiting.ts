import { defineChange } from './define-change';

export interface Awaiting {
  /** Redis's time, ms. */
  now: number;
  /** Messages that wait for a transcript, or have waited in vain, and may still be given one. */
  elements: string[];
}

/** A look at what a conversation waits for; by the worker that has it in hand, which goes on having it, or is done with it. */
export const awaiting = defineChange({
  name: 'awaiting',
  does: 'Returns the messages of the window, and of a draft, that wait for a transcript; with a time, keeps the conversation for the caller while any does, and drops it otherwise.',
  keys: ['awaited'],
  args: { leaseMs: 'ms' },
  body: `
local found, isOpen = {}, false
for _, element in ipairs(redis.call('LRANGE', messages, s.leaseUntil and s.count or 0, '-1')) do
  local ends = awaitsOf(element)
  if ends then
    found[#found + 1] = element
    isOpen = isOpen or ends > now
  end
end
if leaseMs > 0 and isOpen then tidy('ZADD', awaited, 'XX', now + leaseMs, conversation) end
if leaseMs > 0 and not isOpen then tidy('ZREM', awaited, conversation) end
return { now, found }
`,
  reply: (raw): Awaiting => {
    const [now, elements] = raw as [number, string[]];
    return { now, elements };
  },
});
