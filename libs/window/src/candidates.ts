import { type BotTime, quantileOf } from './bot-time';
import { isByHabit } from './habit';
import { earlyStart, hold, supersede, type Waiting } from './waiting';

/** What becomes of a call when more is written: `early-start` supersedes, and calls before the window is over. */
export type Kind = 'hold' | 'supersede' | 'early-start';

/** A setting that is compared. */
export interface Candidate {
  kind: Kind;
  waiting: Waiting;
}

/** The setting in use; `auto`: the bot is called as late as it can usually do with. */
export interface Present extends Omit<Waiting, 'startMs'> {
  kind: Kind;
  startMs: number | 'auto';
}

const WINDOWS_MS = [3_000, 5_000, 7_000, 9_000, 12_000, 15_000];

// As with `PREEMPTIVE_START=auto`: before that, too many writers are about to go on.
const EARLIEST_START_MS = 1_500;

// A bot that is called so long before the window's end has mostly answered by then.
const USUAL = 0.75;
const STEP_MS = 100;

/** The present setting, with this bot. */
export function candidateOf({ kind, startMs, ...waiting }: Present, bot: BotTime): Candidate {
  const { windowMs } = waiting;
  return {
    kind,
    waiting: { ...waiting, startMs: startMs === 'auto' ? latestStart(windowMs, bot) : startMs },
  };
}

/** The settings that are compared, with the limits of the present one, which is among them. */
export function candidatesFor(now: Candidate, bot: BotTime): Candidate[] {
  const { windowMs: present, maxWaitMs, maxSize, maxSupersedes } = now.waiting;
  const windows = [...new Set([...WINDOWS_MS, present])]
    .filter((windowMs) => windowMs <= maxWaitMs)
    .sort((a, b) => a - b);
  const limits = { maxWaitMs, maxSize };
  const superseding = now.kind === 'hold' ? limits : { ...limits, maxSupersedes };
  const all: Candidate[] = [
    ...windows.map((windowMs): Candidate => ({ kind: 'hold', waiting: hold(windowMs, limits) })),
    ...windows.map((windowMs): Candidate => ({
      kind: 'supersede',
      waiting: supersede(windowMs, superseding),
    })),
    ...windows.flatMap((windowMs) =>
      startsFor(windowMs, bot).map((startMs): Candidate => ({
        kind: 'early-start',
        waiting: earlyStart(startMs, windowMs, superseding),
      })),
    ),
  ];
  return all.some((each) => isSame(each, now)) ? all : [now, ...all];
}

/** True if both are one setting. */
export function isSame(one: Candidate, other: Candidate): boolean {
  const compared = ['minMs', 'windowMs', 'maxMs', 'startMs'] as const;
  return one.kind === other.kind && compared.every((each) => one.waiting[each] === other.waiting[each]);
}

/** The variables that make a setting. */
export function variablesOf({ kind, waiting }: Candidate): Record<string, string> {
  return {
    BUSY_POLICY: kind === 'hold' ? 'hold' : 'supersede',
    BATCH_TIMEOUT: String(waiting.windowMs),
    ...(isByHabit(waiting) && {
      ENDPOINTING: 'dynamic',
      BATCH_TIMEOUT_MIN: String(waiting.minMs),
      BATCH_TIMEOUT_MAX: String(waiting.maxMs),
    }),
    ...(kind === 'early-start' && { PREEMPTIVE_START: String(waiting.startMs) }),
  };
}

/** Early, and as late as the bot can usually do with. */
function startsFor(windowMs: number, bot: BotTime): number[] {
  return [...new Set([EARLIEST_START_MS, latestStart(windowMs, bot)])].filter(
    (startMs) => startMs < windowMs,
  );
}

function latestStart(windowMs: number, bot: BotTime): number {
  const inTime = windowMs - quantileOf(bot, USUAL);
  return Math.max(EARLIEST_START_MS, Math.floor(inTime / STEP_MS) * STEP_MS);
}
