import type { FlushReason } from '@app/contracts';
import { decodeStoredMessage, type StoredMessage } from '@app/contracts';
import { defineLot } from './define-lot';
import { ACCOUNTS, CLOCK, CONVERSATION, CONVERSATION_ARGS, CONVERSATION_KEYS, INDEX } from './fragments';

/** A batch in the hands of one owner until its lease ends; whatever happens, this id keeps this content. */
export interface ClaimedBatch {
  batchId: string;
  /** How often it has been claimed, this time included. */
  attempt: number;
  /** How many hand-offs of this batch alone have failed. */
  failures: number;
  reason: FlushReason;
  /** How long it, or its dead owner's lease, had been due when it was claimed, ms. */
  lateMs: number;
  /** When it was first claimed, ms. */
  flushedAt: number;
  messages: StoredMessage[];
}

/** The exclusive right to hand off a due batch: a prefix of the list, cut in place; nothing is moved. */
export const claim = defineLot(
  {
    name: 'claim',
    does: 'Claims what is due of a conversation that is in no turn, or again, unchanged, what a dead owner held.',
    waitsForReplicas: true,
    keys: [...CONVERSATION_KEYS, 'paused'],
    args: { ...CONVERSATION_ARGS, batchId: 'text', token: 'text', leaseMs: 'ms' },
    fragments: [CLOCK, ACCOUNTS, CONVERSATION, INDEX],
    body: `
local late = math.max(0, now - (redis.call('ZSCORE', due, conversation) or now))
local function reply(elements)
  return { s.batch, s.attempt, s.failures, late, s.reason, s.flushedAt, elements }
end

-- The due script looks too; but what it named before a pause is not claimed after it.
if redis.call('EXISTS', paused) == 1 then return false end
if s.batch and hasCome(s.leaseUntil) then
  s.attempt, s.token, s.leaseUntil = s.attempt + 1, token, now + leaseMs
  save()
  reindex()
  return reply(redis.call('LRANGE', messages, 0, s.count - 1))
end
local at = dueAt()
if s.batch or s.turn or not at or at > now then
  reindex()
  return false
end

local reason = 'quiet'
if isFlushed() then reason = s.dueReason
elseif unclaimed >= maxSize then reason = 'max-size'
elseif s.bytes >= maxBytes then reason = 'max-bytes'
elseif s.opened + maxWaitMs < silence() then reason = 'max-wait'
end
-- A flush takes what was there when it was asked for; a window that is due anyway takes all.
local last = (isFull() or hasCome(windowEnd())) and s.seq or s.dueUpTo
local batch, bytes, isAlone = {}, 0, false
for i, element in ipairs(redis.call('LRANGE', messages, 0, maxSize - 1)) do
  local seq = tonumber(string.match(element, '^{"seq":(%d+)'))
  local isStale = string.find(element, '^{"seq":%d+,"receivedAt":%d+,"timestamp":%-?%d+,"stale":true') ~= nil
  if i > 1 and (isAlone or isStale or seq > last or bytes + #element > maxBytes) then break end
  isAlone = isStale
  batch[i], bytes = element, bytes + #element
end
local rest = size > #batch and redis.call('LINDEX', messages, #batch)

s.batch, s.token, s.leaseUntil, s.attempt, s.failures = batchId, token, now + leaseMs, 1, 0
s.count, s.claimBytes, s.claimOpened, s.reason, s.flushedAt = #batch, bytes, s.opened, reason, now
if rest then
  local first, opened = string.match(rest, '^{"seq":(%d+),"receivedAt":(%d+)')
  s.first, s.opened, s.bytes = tonumber(first), tonumber(opened), s.bytes - bytes
else
  dropWindow()
end
count('claims', 1)
save()
reindex()
return reply(batch)
`,
    reply: (raw): ClaimedBatch | null => {
      if (raw === null) return null;
      const [batchId, attempt, failures, lateMs, reason, flushedAt, elements] = raw as [
        string,
        number,
        number,
        number,
        FlushReason,
        number,
        string[],
      ];
      return {
        batchId,
        attempt,
        failures,
        lateMs,
        reason,
        flushedAt,
        messages: elements.map(decodeStoredMessage),
      };
    },
  },
  'batchId',
  'token',
);
