import { defineChange } from './define-change';

/** `moved`: it is not, or no longer, as it was found; look again. */
export type RevokeReply = 'revoked' | 'moved';

/** What the value of a change says where its message was taken back. */
export const REVOKED = 'revoked';

/** An author takes an unclaimed message back; the window keeps its times, and without messages there is none. */
export const revoke = defineChange({
  name: 'revoke',
  does: 'Removes one unclaimed message, where it still is what it was, and remembers that.',
  keys: ['change'],
  args: { element: 'text', keepMs: 'ms' },
  body: `
local claimed = s.count or 0
local place = redis.call('LPOS', messages, element)
if not place or place < claimed then return 'moved' end
local head = redis.call('LINDEX', messages, place == claimed and claimed + 1 or claimed)

prepare({ 'DEL', change }, 'SET', change, string.format('%d ${REVOKED}', now + keepMs), 'PX', keepMs)
complete('LREM', messages, 1, element)
count('revoked', 1)
resize(size, size - 1)
size, unclaimed = size - 1, unclaimed - 1
if unclaimed == 0 then
  dropWindow()
else
  s.first, s.bytes = seqOf(head), s.bytes - #element
end
save()
return 'revoked'
`,
  reply: (raw) => raw as RevokeReply,
});
