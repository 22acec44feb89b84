/** How long the bot takes for one call of a burst, whole ms. The same call takes the same time under every setting. */
export type BotTime = (burst: number, call: number) => number;

/** A bot between two times, each doubling of the time as likely as the next. */
export function logUniformBot(minMs: number, maxMs: number): BotTime {
  return (burst, call) => Math.round(minMs * Math.pow(maxMs / minMs, uniform(burst, call)));
}

/** A bot that takes the times that were measured, in any order, each as likely as the next. */
export function measuredBot(timesMs: readonly number[]): BotTime {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return (burst, call) => Math.round(sorted[Math.floor(uniform(burst, call) * sorted.length)] ?? 0);
}

const SAMPLES = 10_001;

/** The time within which a share of a bot's calls is answered, ms. */
export function quantileOf(bot: BotTime, share: number): number {
  const times = Array.from({ length: SAMPLES }, (_, call) => bot(0, call)).sort((a, b) => a - b);
  return times[Math.floor(share * (SAMPLES - 1))] as number;
}

/** A number from 0 to 1, by two numbers alone: a mix as that of MurmurHash3's end. */
function uniform(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
