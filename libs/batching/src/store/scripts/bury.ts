import { CHUNKS } from './chunks.fragment';
import { defineChange } from './define-change';
import type { Fenced } from './settle';

/** Parks a batch that cannot be handed off as a dead letter: its messages, its id and the reason are kept. */
export const bury = defineChange({
  name: 'bury',
  does: 'Moves the messages of a claim to a dead letter of the same id, for the holder of its token.',
  keys: ['deadLetters', 'deadLetter', 'deadMessages'],
  args: { token: 'text', cause: 'text' },
  once: [CHUNKS],
  body: `
if s.token ~= token then return 'stale' end
local taken = s.count
-- What a burial that Redis broke off has left, or a redrive that could not tidy up.
if redis.call('EXISTS', deadMessages) == 1 then prepare(nil, 'DEL', deadMessages) end
for _, chunk in ipairs(chunks(redis.call('LRANGE', messages, 0, taken - 1))) do
  prepare(nil, 'RPUSH', deadMessages, unpack(chunk))
end
prepare(nil, 'HSET', deadLetter, 'conversation', conversation, 'error', cause, 'buriedAt', now, 'count', taken,
  'bytes', s.claimBytes, 'opened', s.claimOpened, 'reason', s.reason, 'flushedAt', s.flushedAt,
  'replaced', s.replaced or '', 'window', s.window or '', 'shows', s.shows or '')
prepare({ 'ZREM', deadLetters, s.batch }, 'ZADD', deadLetters, now, s.batch)
count('buried', taken)
count('claims', -1)
resize(size, size - taken)
keep(messages, taken, size - 1)
size = size - taken
s.replaced = nil
dropClaim()
save()
return 'buried'
`,
  reply: (raw) => raw as Fenced<'buried'>,
});
