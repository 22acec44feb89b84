// What is believed before anything is known, and what rarely and often mean: found on recorded chats, as in `libs/window`.
const PRIOR = { turns: 3, splits: 0.66 };
const RARELY = 0.15;
const OFTEN = 0.3;
/** With so many turns both counts are halved, so that the latest ones count for more. */
const MOST_TURNS = 20;

/** How long a habit is kept behind its conversation's last change, s. */
export const HABIT_TTL_S = 90 * 24 * 3_600;

/**
 * The one place that says, with `ENDPOINTING=dynamic`, which silence a window waits for behind its latest message, and why. It
 * is no function, for to make one costs every append that does not call it.
 */
export const SILENCE_BY_HABIT = `
local turns, splits = s.habitTurns or 0, s.habitSplits or 0
local share = (splits + ${PRIOR.splits}) / (turns + ${PRIOR.turns})
local level = share > ${OFTEN} and 'max' or share <= ${RARELY} and unclaimed == 1 and 'min' or 'normal'
local why = string.format('%s: split %d of the last %d turns', level, splits, turns)
if byHabit[level] >= quietMs then silenceMs = byHabit[level] else why = 'by type' end
if now + silenceMs >= s.quiet then s.why = why end
if unclaimed == 1 then
  -- Begun before or just behind an answer, it goes on with that turn; behind a bot that is away for long begins another.
  local goesOn = isOvertaken
  if s.turn then goesOn = now < (s.turnOpened or now) + maxWaitMs end
  s.goesOn = goesOn or nil
end
`;

/**
 * Counts a batch as a turn when it is committed. `s.shows` says how many split turns it shows: two if it goes on with the turn of
 * the batch before it, for that one was a part of a split turn too, and was taken for a whole one.
 */
export const LEARN_HABIT = `
local turns, splits = s.habitTurns or 0, s.habitSplits or 0
if turns >= ${MOST_TURNS} then
  turns, splits = math.floor(turns / 2 + 0.5), math.floor(splits / 2 + 0.5)
end
s.habitTurns, s.habitSplits = turns + 1, math.min(turns + 1, splits + s.shows)
`;
