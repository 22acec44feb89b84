import type { Burst } from '@app/window';

/** Deciles of the pause before a further message is begun, ms: 1,873 of them, measured in public research corpora. */
const PAUSES = [0, 457, 821, 1220, 1717, 2340, 3080, 4453, 6557, 10_048, 27_513];
/** Deciles of the length of a further message, characters: 2,571 of them, from the same. */
const LENGTHS = [1, 5, 10, 13, 16, 20, 24, 29, 35, 45, 171];
/** 36.2 words a minute, on phones: Palin et al. 2019, "How do people type on mobile devices?". */
const CHARACTERS_PER_S = 3.02;
const SPREAD_OF_SPEEDS = 0.3;
/** Kinds of writers: their share, how likely a burst has a second message, and how likely each further one. */
const WRITERS = [
  { share: 0.347, second: 0.029, further: 0.106 },
  { share: 0.415, second: 0.206, further: 0.244 },
  { share: 0.238, second: 0.49, further: 0.518 },
];
const BURSTS_EACH = 15;
const MOST_MESSAGES = 8;
const LONGEST_PAUSE_MS = 30_000;

/** Bursts of so many writers, as people write them by a few measured quantiles; always the same. */
export function generatedBursts(writers: number): Burst[] {
  const random = randomFrom(20_240_607);
  return Array.from({ length: writers }, (_, writer) => burstsOf(writer, random)).flat();
}

function burstsOf(writer: number, random: () => number): Burst[] {
  const { second, further } = kindAt(random());
  const speed = CHARACTERS_PER_S * Math.exp(SPREAD_OF_SPEEDS * normal(random));
  return Array.from({ length: BURSTS_EACH }, (_, i) => {
    const at = [0];
    while (at.length < MOST_MESSAGES && random() < (at.length === 1 ? second : further)) {
      const typingMs = Math.round((1000 * drawn(LENGTHS, random)) / speed);
      const pauseMs = Math.round(drawn(PAUSES, random)) + typingMs;
      if (pauseMs > LONGEST_PAUSE_MS) break;
      at.push((at.at(-1) as number) + pauseMs);
    }
    return { id: writer * BURSTS_EACH + i, customer: `writer ${writer}`, at };
  });
}

/** The kind of writer at a place from 0 to 1. */
function kindAt(place: number): (typeof WRITERS)[number] {
  let above = 0;
  const found = WRITERS.find(({ share }) => place <= (above += share));
  return found ?? (WRITERS.at(-1) as (typeof WRITERS)[number]);
}

/** A value by its deciles, straight lines between them. */
function drawn(deciles: readonly number[], random: () => number): number {
  const place = random() * (deciles.length - 1);
  const [low = 0, high = 0] = deciles.slice(Math.floor(place));
  return low + (place - Math.floor(place)) * (high - low);
}

/** A normal deviate, by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}

/** Numbers from 0 to 1 that depend on the seed alone: the linear congruential generator of Numerical Recipes. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
