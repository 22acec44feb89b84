import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** `busy`: the conversation has another batch in hand or at the bot; try again when that one is done. */
export type RedriveOutcome = 'redriven' | 'busy' | 'unknown';

/**
 * A dead letter due again: it returns to the head of its conversation as what it was, a claim of the same id and
 * content whose owner is gone, so that the ordinary claim hands it out. See ADR 2.
 */
export const redrive = defineScript({
  name: 'redrive',
  does: 'Puts a dead letter back in front of its conversation as an ownerless claim, due now.',
  keys: [...CONVERSATION_KEYS, 'deadLetters', 'deadLetter', 'deadMessages'],
  args: { ...CONVERSATION_ARGS, batchId: 'text' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
local letter = redis.call('HMGET', deadLetter, 'count', 'bytes', 'opened', 'reason', 'flushedAt')
if not letter[1] then return 'unknown' end
if s.batch or s.turn then return 'busy' end
local elements = redis.call('LRANGE', deadMessages, 0, -1)
for i = #elements, 1, -1 do redis.call('LPUSH', messages, elements[i]) end
if size == 0 then
  redis.call('ZADD', directory, 0, directoryEntry)
  redis.call('PERSIST', state)
  redis.call('PERSIST', lastMessage)
end
count('buried', -#elements)
count('claims', 1)
resize(size, size + #elements)
size = size + #elements
s.seq = s.seq or tonumber(string.match(elements[#elements], '^{"seq":(%d+)'))
s.batch, s.leaseUntil, s.attempt, s.failures = batchId, now, 0, 0
s.count, s.claimBytes, s.claimOpened = tonumber(letter[1]), tonumber(letter[2]), tonumber(letter[3])
s.reason, s.flushedAt = letter[4], tonumber(letter[5])
save()
reindex()
redis.call('ZREM', deadLetters, batchId)
redis.call('DEL', deadLetter, deadMessages)
return 'redriven'
`,
  reply: (raw) => raw as RedriveOutcome,
});
