/** Texts of a given length, each of which is slow for some pattern. */
export const HOSTILE_TEXTS: Readonly<Record<string, (length: number) => string>> = {
  'ids that never end': (length) => `false_${'@'.repeat(length)}__`,
  'ids within ids': (length) => 'false_1@c.us_'.repeat(length / 13),
  'blanks in front': (length) => `${' '.repeat(length)}x`,
  'blanks behind': (length) => `x${'\n'.repeat(length)}x`,
  digits: (length) => `${'1'.repeat(length)}x`,
  'digits and blanks': (length) => `+${'7 '.repeat(length / 2)}x`,
  dates: (length) => `2024-01-01T${'00:'.repeat(length / 3)}`,
  'brackets behind a date': (length) => `2024-01-01T00:00${'('.repeat(length)}`,
  underscores: (length) => '_'.repeat(length),
  colons: (length) => `wa-group:${':1'.repeat(length / 2)}`,
  'almost base64': (length) => `${'A'.repeat(length)}=!`,
  'almost a data URI': (length) => 'data:a;base64'.repeat(length / 13),
  addresses: (length) => 'https://'.repeat(length / 8),
  'cut characters': (length) => '\ud83d'.repeat(length),
};

const LENGTH = 16 * 1024;
const TIMES_LONGER = 4;
// Linear work takes four times as long, quadratic sixteen times.
const MOST = 9;
// A shorter time proves nothing, because a garbage collection takes as long.
const NOISE_MS = 20;

/** Fails if work on a thing of four times the length takes much more than four times the processor time. */
export function expectLinear<T>(thing: (length: number) => T, work: (of: T) => unknown): void {
  const [short, long] = [thing(LENGTH), thing(TIMES_LONGER * LENGTH)];
  const atMostMs = MOST * Math.max(leastMs(work, short), NOISE_MS);
  expect(leastMs(work, long, atMostMs)).toBeLessThan(atMostMs);
}

/** The shortest of a few runs; stops at the first that is short enough. */
function leastMs<T>(work: (of: T) => unknown, of: T, enoughMs = 0): number {
  let least = Infinity;
  for (let run = 0; run < 3 && least > enoughMs; run += 1) {
    const before = process.cpuUsage();
    work(of);
    least = Math.min(least, process.cpuUsage(before).user / 1000);
  }
  return least;
}
