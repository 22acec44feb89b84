import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `moved`: it is not, or no longer, as it was found; look again. `over-cap`: the conversation has no room for it. */
export type EditReply = 'edited' | 'moved' | 'over-cap';

/** A new text in the old one's place. The element was encoded outside: Lua's JSON would spoil long ids. */
export const edit = defineScript({
  name: 'edit',
  does: 'Replaces one unclaimed message, where it still is what it was.',
  keys: CONVERSATION_KEYS,
  args: { ...CONVERSATION_ARGS, element: 'text', replacement: 'text', maxPendingBytes: 'bytes' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local place = redis.call('LPOS', messages, element)
if not place or place < (s.count or 0) then return 'moved' end
local more = #replacement - #element
if size > 1 and more > 0 and s.bytes + (s.claimBytes or 0) + more > maxPendingBytes then return 'over-cap' end
redis.call('LSET', messages, place, replacement)
s.bytes = s.bytes + more
save()
reindex()
return 'edited'
`,
  reply: (raw) => raw as EditReply,
});
