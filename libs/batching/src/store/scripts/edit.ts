import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';

/**
 * `moved`: it is not, or no longer, as it was found; look again. `after-hand-off`: it is on its way to the bot for good.
 * `over-cap`: the conversation, or the batch that its message must stay in, has no room for it.
 */
export type EditReply = 'edited' | 'moved' | 'after-hand-off' | 'over-cap';

/** A new text in the old one's place. The element was encoded outside: Lua's JSON would spoil long ids. */
export const edit = defineChange({
  name: 'edit',
  does: 'Replaces one message of the window or of the draft, where it still is what it was.',
  keys: ['superseded'],
  args: { element: 'text', replacement: 'text', isMark: 'flag' },
  wakes: true,
  fragments: SUPERSEDES,
  body: `
local place = redis.call('LPOS', messages, element)
if not place then return 'moved' end
local more, isInHand = #replacement - #element, place < (s.count or 0)
if isInHand and not maySupersede(0, more) then return 'after-hand-off' end
-- A mark says only that there are no words; without room for it the window would wait for them.
if not isMark and size > 1 and more > 0 and (s.bytes or 0) + (s.claimBytes or 0) + more > maxPendingBytes then return 'over-cap' end
-- What was superseded together is answered together.
if more > 0 and s.replaced and not s.batch and s.bytes + more > maxBytes then return 'over-cap' end
if isInHand then supersede() end
prepare({ 'LSET', messages, place, element }, 'LSET', messages, place, replacement)
s.bytes = s.bytes + more
if s.awaits and not awaitsOf(replacement) then s.awaits = awaitedFrom(s.count or 0, element) end
save()
return 'edited'
`,
  reply: (raw) => raw as EditReply,
});
