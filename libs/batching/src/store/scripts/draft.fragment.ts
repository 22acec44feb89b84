import type { Fragment } from './fragment';

/** How long a superseded batch is remembered, ms: longer than a job may wait for a bot that is away (`BOT_OUTAGE_MAX`). */
const SUPERSEDED_FOR_MS = 40 * 24 * 3_600_000;

/** Of a draft or a window: how many batches with these messages were superseded. */
export const TIMES_REPLACED: Fragment = {
  name: 'TIMES_REPLACED',
  needs: ['s'],
  gives: ['timesReplaced'],
  lua: `
local function timesReplaced()
  local _, times = string.gsub(s.replaced or '', '%S+', '')
  return times
end
`,
};

/**
 * May a draft and the window behind it become one window again, with so many more messages and bytes? Only if all of it
 * makes one batch, and only until the longest wait is over. Whether it has been superseded too often is judged when
 * it is claimed: then it is no draft.
 */
const MAY_SUPERSEDE: Fragment = {
  name: 'MAY_SUPERSEDE',
  needs: ['s', 'size', 'unclaimed', 'messages', 'maxSize', 'maxBytes', 'maxWaitMs', 'hasCome', 'isStale'],
  gives: ['maySupersede'],
  lua: `
local function maySupersede(more, bytes)
  if not s.batch or not s.answerAt or s.leaseUntil or size + more > maxSize then return false end
  if (s.bytes or 0) + s.claimBytes + bytes > maxBytes or hasCome(s.claimOpened + maxWaitMs) then return false end
  for _, element in ipairs(unclaimed > 0 and redis.call('LRANGE', messages, s.count, '-1') or {}) do
    if isStale(element) then return false end
  end
  return true
end
`,
};

/**
 * Makes a draft part of the window again. Its turn ends in the same step, so that its answer can no longer be committed; its
 * worker is told, because it may cancel the call.
 */
const SUPERSEDE: Fragment = {
  name: 'SUPERSEDE',
  needs: [
    's',
    'size',
    'unclaimed',
    'messages',
    'superseded',
    'now',
    'seqOf',
    'dropClaim',
    'dropTurn',
    'prepare',
    'tidy',
  ],
  gives: ['supersede'],
  lua: `
local function supersede()
  local batch = s.batch
  prepare({ 'ZREM', superseded, batch }, 'ZADD', superseded, now + ${SUPERSEDED_FOR_MS}, batch)
  tidy('ZREMRANGEBYSCORE', superseded, '-inf', now)
  tidy('PUBLISH', superseded, batch)
  s.replaced = s.replaced and s.replaced .. ' ' .. batch or batch
  s.first, s.opened = seqOf(redis.call('LINDEX', messages, '0')), s.claimOpened
  s.quiet, s.start, s.bytes = math.max(s.quiet or 0, s.answerAt), nil, (s.bytes or 0) + s.claimBytes
  if s.window then s.why, s.goesOn = s.why or string.match(s.window, ' (.*)'), s.shows == 2 or nil end
  unclaimed = size
  dropClaim()
  dropTurn()
end
`,
};

/** What a change needs that may supersede the draft of its conversation, beside the key `superseded`. */
export const SUPERSEDES: readonly Fragment[] = [MAY_SUPERSEDE, SUPERSEDE];
