import { CHUNKS } from './chunks.fragment';
import { defineChange } from './define-change';

/** `busy`: the conversation has another batch in hand or at the bot, or a window that supersedes one; try again when that is done. */
export type RedriveOutcome = 'redriven' | 'busy' | 'unknown';

/**
 * A dead letter due again: it returns to the head of its conversation as what it was, a claim of the same id and
 * content whose owner is gone, so that the ordinary claim hands it out. See ADR 2.
 */
export const redrive = defineChange({
  name: 'redrive',
  does: 'Puts a dead letter back in front of its conversation as an ownerless claim, due now.',
  keys: ['deadLetters', 'deadLetter', 'deadMessages'],
  args: { batchId: 'text' },
  wakes: true,
  once: [CHUNKS],
  body: `
local letter = redis.call('HMGET', deadLetter, 'bytes', 'opened', 'reason', 'flushedAt', 'replaced', 'window', 'shows')
if not letter[1] or not redis.call('ZSCORE', deadLetters, batchId) then return 'unknown' end
-- A window that supersedes others is handed off first: which batches it names is kept in one place.
if s.batch or s.turn or s.replaced then return 'busy' end
local elements = redis.call('LRANGE', deadMessages, 0, -1)
if #elements == 0 then return 'unknown' end
for _, chunk in ipairs(chunks(reversed(elements))) do
  prepare({ 'LPOP', messages, #chunk }, 'LPUSH', messages, unpack(chunk))
end
count('buried', -#elements)
count('claims', 1)
resize(size, size + #elements)
size = size + #elements
s.seq = s.seq or seqOf(elements[#elements])
s.batch, s.leaseUntil, s.attempt, s.failures = batchId, now, 0, 0
s.count, s.claimBytes, s.claimOpened = #elements, tonumber(letter[1]), tonumber(letter[2])
s.reason, s.flushedAt = letter[3], tonumber(letter[4])
s.replaced = letter[5] and letter[5] ~= '' and letter[5] or nil
s.window, s.shows = letter[6] and letter[6] ~= '' and letter[6] or nil, tonumber(letter[7])
tidy('ZREM', deadLetters, batchId)
tidy('DEL', deadLetter, deadMessages)
save()
return 'redriven'
`,
  reply: (raw) => raw as RedriveOutcome,
});
