import { defineScript } from './define-script';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';
import type { Fenced } from './settle';

/** Parks a batch that cannot be handed off as a dead letter: its messages, its id and the reason are kept. */
export const bury = defineScript({
  name: 'bury',
  does: 'Moves the messages of a claim to a dead letter of the same id, for the holder of its token.',
  keys: [...CONVERSATION_KEYS, 'deadLetters', 'deadLetter', 'deadMessages'],
  args: { ...CONVERSATION_ARGS, token: 'text', error: 'text' },
  fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
  body: `
if s.token ~= token then return 'stale' end
local taken = s.count
redis.call('RPUSH', deadMessages, unpack(redis.call('LRANGE', messages, 0, taken - 1)))
redis.call('HSET', deadLetter, 'conversation', conversation, 'error', error, 'buriedAt', now, 'count', taken,
  'bytes', s.claimBytes, 'opened', s.claimOpened, 'reason', s.reason, 'flushedAt', s.flushedAt)
redis.call('ZADD', deadLetters, now, s.batch)
count('buried', taken)
count('claims', -1)
resize(size, size - taken)
size = size - taken
dropClaim()
save()
reindex()
redis.call('LTRIM', messages, taken, -1)
return 'buried'
`,
  reply: (raw) => raw as Fenced<'buried'>,
});
