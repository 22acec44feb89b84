import { defineChange } from './define-change';

/** `moved`: it is not, or no longer, as it was found; look again. `over-cap`: the conversation has no room for it. */
export type EditReply = 'edited' | 'moved' | 'over-cap';

/** A new text in the old one's place. The element was encoded outside: Lua's JSON would spoil long ids. */
export const edit = defineChange({
  name: 'edit',
  does: 'Replaces one unclaimed message, where it still is what it was.',
  args: { element: 'text', replacement: 'text' },
  wakes: true,
  body: `
local place = redis.call('LPOS', messages, element)
if not place or place < (s.count or 0) then return 'moved' end
local more = #replacement - #element
if size > 1 and more > 0 and s.bytes + (s.claimBytes or 0) + more > maxPendingBytes then return 'over-cap' end
prepare({ 'LSET', messages, place, element }, 'LSET', messages, place, replacement)
s.bytes = s.bytes + more
save()
return 'edited'
`,
  reply: (raw) => raw as EditReply,
});
