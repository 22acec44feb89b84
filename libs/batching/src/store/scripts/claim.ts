import { type FlushReason, decodeStoredMessage, type StoredMessage, type WindowReport } from '@app/contracts';
import { windowFrom } from './decode-window';
import { defineLot } from './define-change';
import { TIMES_REPLACED } from './draft.fragment';
import type { Fragment } from './fragment';

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
  /** When its answer may be committed at the earliest, ms, where a later message may supersede it until then; null where none may. */
  answerAt: number | null;
  /** The batches that it supersedes, oldest first: it holds their messages. */
  supersedes: string[];
  /** The silence that it waited for; null where no customer's habit chose it. */
  window: WindowReport | null;
  messages: StoredMessage[];
}

// The due script looks too; but what it named before a pause is not claimed after it.
const IS_PAUSED: Fragment = {
  name: 'IS_PAUSED',
  needs: ['paused'],
  gives: ['isPaused'],
  lua: `
local isPaused = redis.call('EXISTS', paused) == 1
`,
};

/** The exclusive right to hand off a due batch: a prefix of the list, cut in place; nothing is moved. */
export const claim = defineLot(
  {
    name: 'claim',
    does: 'Claims what is due of a conversation that is in no turn, or again, unchanged, what a dead owner held.',
    waitsForReplicas: true,
    keys: ['paused'],
    args: { batchId: 'text', token: 'text', leaseMs: 'ms', makesDrafts: 'flag' },
    once: [IS_PAUSED],
    fragments: [TIMES_REPLACED],
    body: `
local late = math.max(0, now - (redis.call('ZSCORE', due, conversation) or now))
local function claimed(elements)
  save()
  return {
    s.batch, s.attempt, s.failures, late, s.reason, s.flushedAt, s.answerAt or -1, s.replaced or '', s.window or '',
    unpack(elements),
  }
end

if isPaused then return false end
if s.leaseUntil and hasCome(s.leaseUntil) then
  s.attempt, s.token, s.leaseUntil = s.attempt + 1, token, now + leaseMs
  return claimed(redis.call('LRANGE', messages, '0', s.count - 1))
end
-- Only a draft is handed off before its window is over, and a muted bot answers none.
local mayDraft = makesDrafts and (s.mutedUntil or 0) <= now
if not mayDraft then s.start = nil end
local at, reason, upTo = dueAt()
if s.batch or s.turn or not at or at > now then
  save()
  return false
end

local found = redis.call('LRANGE', messages, '0', maxSize)
if seqOf(found[1]) ~= s.first then error('its list does not begin as its state says') end
local batch, bytes, isAlone = {}, 0, false
for i, element in ipairs(found) do
  local stale = isStale(element)
  local isTooMuch = i > maxSize or bytes + #element > maxBytes
  if i > 1 and (isAlone or stale or isTooMuch or seqOf(element) > upTo) then break end
  isAlone = stale
  batch[i], bytes = element, bytes + #element
end
local rest = found[#batch + 1]

-- Only a whole window that silence has ended may still be superseded.
local isDraft = mayDraft and reason == 'quiet' and not rest and not isAlone and not hasCome(s.opened + maxWaitMs)
  and timesReplaced() < maxSupersedes
s.answerAt = isDraft and s.quiet or nil
s.batch, s.token, s.leaseUntil, s.attempt, s.failures = batchId, token, now + leaseMs, 1, 0
s.count, s.claimBytes, s.claimOpened, s.reason, s.flushedAt = #batch, bytes, s.opened, reason, now
if s.why then
  local last = rest and redis.call('LINDEX', messages, '-1') or batch[#batch]
  s.window = string.format('%d %s', math.max(0, s.quiet - arrivalOf(last)), s.why)
  -- A message that was held up for long says nothing of how its author writes.
  if not isAlone then s.shows = s.goesOn and 2 or #batch > 1 and 1 or 0 end
end
if rest then
  s.first, s.opened, s.bytes, s.goesOn = seqOf(rest), arrivalOf(rest), s.bytes - bytes, nil
  -- What is left has waited for that minute together with this batch.
  if s.slowedUntil and hasCome(s.slowedUntil) then s.slowedUntil = nil end
  if s.awaits then s.awaits = awaitedFrom(#batch) end
else
  dropWindow()
end
count('claims', 1)
return claimed(batch)
`,
    reply: (raw): ClaimedBatch | null => {
      if (raw === null) return null;
      const [batchId, attempt, failures, lateMs, reason, flushedAt, answerAt, replaced, window, ...elements] =
        raw as [string, number, number, number, FlushReason, number, number, string, string, ...string[]];
      return {
        batchId,
        attempt,
        failures,
        lateMs,
        reason,
        flushedAt,
        answerAt: answerAt === -1 ? null : answerAt,
        supersedes: replaced === '' ? [] : replaced.split(' '),
        window: windowFrom(window),
        messages: elements.map(decodeStoredMessage),
      };
    },
  },
  'batchId',
  'token',
);
