import type { FreeTime } from './salon';

/** The free times nearest to the one that was wanted, in the order of the day. */
export function nearest(free: readonly FreeTime[], time: string, howMany = 3): FreeTime[] {
  return [...free]
    .sort((a, b) => distance(a.time, time) - distance(b.time, time))
    .slice(0, howMany)
    .sort((a, b) => minutesOf(a.time) - minutesOf(b.time));
}

function distance(one: string, other: string): number {
  return Math.abs(minutesOf(one) - minutesOf(other));
}

/** Minutes since midnight of `9:30`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
