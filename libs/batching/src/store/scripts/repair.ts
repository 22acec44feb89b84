import { CHUNKS } from './chunks.fragment';
import { defineChange } from './define-change';
import type { Fragment } from './fragment';

/** `moved`: it has changed since it was looked at; look again. */
export type RepairReply = 'repaired' | 'moved';

/** The conversation as it is to be; what stands in its place is not looked at. */
const REBUILT: Fragment = {
  name: 'REBUILT',
  needs: ['rebuilt', 'rebuiltMessages', 's', 'size', 'unclaimed', 'sizeBefore', 'hadTurn'],
  gives: ['elements'],
  lua: `
local elements = rebuiltMessages
s, size = rebuilt, #elements
-- Whatever the indexes say of it is said anew.
sizeBefore, hadTurn, unclaimed = 0, true, size - (s.count or 0)
`,
};

/**
 * A conversation that is not as it should be is written anew, as it was worked out from what is left of it. What could
 * not be read is kept under a key of its own. Where its customer is erased, nothing of it is to be left.
 */
export const repair = defineChange({
  name: 'repair',
  does: 'Writes a conversation anew where it still is what it was, and takes it back from those set aside.',
  keys: ['damaged'],
  args: {
    rebuilt: 'table',
    rebuiltMessages: 'table',
    fingerprint: 'text',
    accounted: 'count',
    hadClaim: 'flag',
    erases: 'flag',
    isWhole: 'flag',
    keepS: 's',
  },
  wakes: true,
  once: [CHUNKS],
  loaded: REBUILT,
  body: `
local found = (redis.call('DUMP', messages) or '') .. (redis.call('DUMP', state) or '')
if redis.sha1hex(found) ~= fingerprint then return 'moved' end
if redis.call('EXISTS', messages) == 1 then
  prepare({ 'RENAME', damaged, messages }, 'RENAME', messages, damaged)
  if isWhole then tidy('DEL', damaged) else tidy('EXPIRE', damaged, keepS) end
end
for _, chunk in ipairs(chunks(elements)) do
  prepare({ 'RPOP', messages, #chunk }, 'RPUSH', messages, unpack(chunk))
end
resize(accounted, size)
if erases and accounted > 0 then count('erased', accounted) end
if hadClaim and not s.batch then count('claims', -1) end
tidy('HDEL', setAside, conversation)
save()
return 'repaired'
`,
  reply: (raw) => raw as RepairReply,
});
