import type { Habit } from './live';

const WORDS = /^(min|normal|max): split (\d+) of the last (\d+) turns$/;

/** The habit in a window's reason, as the scripts write it; null where another reason chose the silence. */
export function habitIn(why: string): Habit | null {
  const [, level, splits, turns] = WORDS.exec(why) ?? [];
  return level === undefined
    ? null
    : { level: level as Habit['level'], splits: Number(splits), turns: Number(turns) };
}
