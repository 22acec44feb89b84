import { COMMIT_BATCH, HISTORY_KEYS, REMEMBER } from './commit-batch.fragment';
import { defineChange } from './define-change';

/** `kept`: to be asked about again. `expired`: the bot took too long; its answer comes too late. `over`: it was. */
export type Judgement = 'kept' | 'expired' | 'over';

/**
 * The queue has been asked about the job of a turn, and has not finished with it. Waiting and delayed jobs keep their
 * turn for as long as that takes; the longest turn is counted from when somebody was first known to work on it, so
 * that a retry has its own.
 */
export const judgeTurn = defineChange({
  name: 'judgeTurn',
  does: 'Keeps the turn of a batch whose job is not finished, or ends it where a bot has worked on it for too long.',
  keys: [...HISTORY_KEYS],
  args: { batchId: 'text', isActive: 'flag', askAfterMs: 'ms', turnMaxMs: 'ms' },
  wakes: true,
  fragments: [COMMIT_BATCH],
  body: `
if s.turn ~= batchId then
  -- Where Redis once refused to remove it from the indexes, that is done now.
  if not s.turn then
    tidy('ZREM', turns, conversation)
    save()
  end
  return 'over'
end
-- A beginning ahead of now was set before the clock went back.
s.turnBegan = isActive and math.min(s.turnBegan or now, now) or nil
local last = isActive and s.turnBegan + turnMaxMs or math.huge
if last <= now then
  if s.batch == batchId and not s.leaseUntil then commitBatch() end
  dropTurn()
else
  s.turnUntil = math.min(now + askAfterMs, last)
end
save()
return s.turn and 'kept' or 'expired'
`,
  closing: REMEMBER,
  reply: (raw) => raw as Judgement,
});
