import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';

/** `moved`: it is not, or no longer, as it was found; look again. `after-hand-off`: it is on its way to the bot for good. */
export type RevokeReply = 'revoked' | 'moved' | 'after-hand-off';

/** What the value of a change says where its message was taken back. */
export const REVOKED = 'revoked';

/** An author takes a message of the window, or of the draft, back; the window keeps its times, and without messages there is none. */
export const revoke = defineChange({
  name: 'revoke',
  does: 'Removes one message of the window or of the draft, where it still is what it was, and remembers that.',
  keys: ['change', 'superseded'],
  args: { element: 'text', keepMs: 'ms' },
  wakes: true,
  fragments: SUPERSEDES,
  body: `
local place = redis.call('LPOS', messages, element)
if not place then return 'moved' end
if place < (s.count or 0) and maySupersede(0, 0) then supersede() end
local claimed = s.count or 0
if place < claimed then return 'after-hand-off' end
local head = redis.call('LINDEX', messages, place == claimed and claimed + 1 or claimed)

prepare({ 'DEL', change }, 'SET', change, string.format('%d ${REVOKED}', now + keepMs), 'PX', keepMs)
complete('LREM', messages, 1, element)
count('revoked', 1)
resize(size, size - 1)
size, unclaimed = size - 1, unclaimed - 1
if unclaimed == 0 then
  if claimed == 0 then s.replaced = nil end
  dropWindow()
else
  s.first, s.bytes = seqOf(head), s.bytes - #element
  if s.awaits then s.awaits = awaitedFrom(claimed, element) end
end
save()
return 'revoked'
`,
  reply: (raw) => raw as RevokeReply,
});
