import { COMMIT_BATCH, HISTORY_KEYS, REMEMBER } from './commit-batch.fragment';
import { defineChange } from './define-change';
import { SUPERSEDES } from './draft.fragment';

/**
 * `committed`: the batch's answer may be sent, and no later message supersedes it. `wait`: not before `waitMs`; `isTyping` if
 * only the customer's typing delays it, which may end sooner. `muted`: it is not to be sent, and the turn is to be ended.
 * `superseded`: a later batch has its messages. `stale`: the turn is another worker's, another batch's, or over.
 */
export type CommitTurnReply =
  | { outcome: 'committed' | 'muted' | 'superseded' | 'stale' }
  | { outcome: 'wait'; waitMs: number; isTyping: boolean };

/** How soon to ask again for a batch that its batcher has not settled yet, ms. */
export const SETTLES_WITHIN_MS = 1_000;

/** The bot has answered a batch: from here on nothing supersedes it, and its messages leave the list. */
export const commitTurn = defineChange({
  name: 'commitTurn',
  does: 'Commits the answer to a batch, once its window is over and nobody types, for the holder of its turn’s token or, without a token, for whoever consumes the queue.',
  waitsForReplicas: true,
  keys: [...HISTORY_KEYS, 'superseded'],
  args: { batchId: 'text', token: 'text', isOff: 'flag' },
  wakes: true,
  fragments: [COMMIT_BATCH, ...SUPERSEDES],
  body: `
if s.turn ~= batchId or token ~= '' and token ~= s.turnToken then
  return { redis.call('ZSCORE', superseded, batchId) and 'superseded' or 'stale' }
end
if isOff or (s.mutedUntil or 0) > now then return { 'muted' } end
if s.turnCommitted then return { 'committed' } end
local isDraft = s.answerAt and s.batch == batchId
local window = isDraft and s.answerAt or 0
local at = math.min(math.max(window, s.typing or 0), (s.turnOpened or now) + maxWaitMs)
-- Further ahead than the longest wait, it was set before the clock went back.
local function isAhead(time)
  return time > now and time <= now + maxWaitMs
end
if isAhead(at) then return { 'wait', at - now, isAhead(window) and 0 or 1 } end
-- What came while the batch was handed off stands behind it; so does a colleague's answer, which holds what is not answered.
local isHeld = s.heldUntil and not hasCome(s.heldUntil)
if isDraft and (unclaimed > 0 or isHeld) then
  if maySupersede(0, 0) then
    supersede()
    save()
    return { 'superseded' }
  end
  -- The bot was quicker than the settle, behind which it may be superseded.
  if s.leaseUntil and not hasCome(s.claimOpened + maxWaitMs) then return { 'wait', ${SETTLES_WITHIN_MS}, 0 } end
end
if isDraft then
  -- The bot has a time of its own for what comes behind the commit: a final call, a notice.
  s.answerAt, s.turnBegan = nil, s.turnBegan and now
  -- Where it is still claimed, its settle finds that it is no draft, and takes its messages out.
  if not s.leaseUntil then commitBatch() end
end
-- Whoever asks again hears the same. Our workers need no memory of it where nothing was committed: they ask once.
if isDraft or token == '' then
  s.turnCommitted = true
  save()
end
return { 'committed' }
`,
  closing: REMEMBER,
  reply: (raw): CommitTurnReply => {
    const [outcome, waitMs = 0, isTyping] = raw as [
      'committed' | 'wait' | 'muted' | 'superseded' | 'stale',
      number?,
      number?,
    ];
    return outcome === 'wait' ? { outcome, waitMs, isTyping: isTyping === 1 } : { outcome };
  },
});
