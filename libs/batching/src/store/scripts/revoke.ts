import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `moved`: it is not, or no longer, as it was found; look again. */
export type RevokeReply = 'revoked' | 'moved';

/** What the value of a change says where its message was taken back. */
export const REVOKED = 'revoked';

/** An author takes an unclaimed message back; the window keeps its times, and without messages there is none. */
export const revoke = defineScript({
  name: 'revoke',
  does: 'Removes one unclaimed message, where it still is what it was, and remembers that.',
  keys: [...CONVERSATION_KEYS, 'change'],
  args: { ...CONVERSATION_ARGS, element: 'text', keepMs: 'ms' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local claimed = s.count or 0
local place = redis.call('LPOS', messages, element)
if not place or place < claimed then return 'moved' end
local head = redis.call('LINDEX', messages, place == claimed and claimed + 1 or claimed)

-- First of all a write that Redis refuses at its memory's limit: behind any other it would no longer be asked.
redis.call('SET', change, string.format('%d ${REVOKED}', now + keepMs), 'PX', keepMs)
count('revoked', 1)
resize(size, size - 1)
size, unclaimed = size - 1, unclaimed - 1
if unclaimed == 0 then
  dropWindow()
else
  s.first, s.bytes = tonumber(string.match(head, '^{"seq":(%d+)')), s.bytes - #element
end
save()
reindex()
redis.call('LREM', messages, 1, element)
return 'revoked'
`,
  reply: (raw) => raw as RevokeReply,
});
