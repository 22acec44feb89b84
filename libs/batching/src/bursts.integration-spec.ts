import { isDeepStrictEqual } from 'node:util';
import {
  type BotTime,
  type Burst,
  earlyStart,
  hold,
  logUniformBot,
  type Played,
  Player,
  type Waiting,
} from '@app/window';
import { generatedBursts } from '../../../test/support/generated-bursts';
import { broken, scoresOf, SETTINGS } from '../../../test/support/waiting-limits';
import { TestBatching } from './testing/batching';
import { BurstPlayer } from './testing/burst-player';

/** 2,010 bursts, several hundred of them of more than one message. */
const BURSTS = generatedBursts(134);
const BOT = logUniformBot(1_000, 15_000);
const SLOW_BOT = logUniformBot(1_000, 60_000);

/** Every limit but that of a batch's size is met by some of the bursts, and every window is chosen. */
const NARROW_BY_HABIT = earlyStart(500, 6_000, {
  minMs: 3_000,
  maxMs: 8_000,
  maxSupersedes: 1,
  maxWaitMs: 12_000,
});

/** Every limit is met by some of the bursts. */
const NARROW = earlyStart(500, 6_000, {
  maxSupersedes: 1,
  maxSize: 3,
  maxWaitMs: 12_000,
});

describe('bursts, played through the scripts', () => {
  const outcomes = new Map<Waiting, Played[]>();

  beforeAll(async () => {
    for (const waiting of Object.values(SETTINGS)) outcomes.set(waiting, await played(BURSTS, waiting, BOT));
  });

  it.each(Object.entries(SETTINGS))(
    'with %s, are answered in the milliseconds that the rule says',
    (_, waiting) => {
      expect(otherwise(outcomes.get(waiting) ?? [], waiting, BOT)).toEqual([]);
    },
  );

  it('keep the limits', () => {
    const found = scoresOf(
      BURSTS,
      (waiting) =>
        ({ id }) =>
          outcomes.get(waiting)?.[id] as Played,
    );
    expect(broken(found)).toEqual([]);
  });

  it('break them if none is superseded', () => {
    const held = scoresOf(
      BURSTS,
      () =>
        ({ id }) =>
          outcomes.get(SETTINGS.hold)?.[id] as Played,
    );
    expect(broken(held)).toEqual([
      'superseding: twice 1.000 > 0.75',
      'early start: meanMs 1.000 > 0.72',
      'early start: p90Ms 1.000 > 0.68',
      'early start, 12 s: twice 1.000 > 0.8',
      'early start, 12 s: meanMs 1.000 > 0.9',
      'by habit: twice 1.000 > 0.92',
      'by habit: meanMs 1.000 > 0.78',
    ]);
  });

  it.each([
    ['narrow limits', NARROW],
    ['narrow limits and windows by habit', NARROW_BY_HABIT],
    ['windows by habit, nothing superseded', hold(9_000, { minMs: 4_000, maxMs: 15_000 })],
  ])('with %s and a slow bot, are answered in the milliseconds that the rule says', async (_, waiting) => {
    expect(otherwise(await played(BURSTS, waiting, SLOW_BOT), waiting, SLOW_BOT)).toEqual([]);
  });

  it('are not if the window is a millisecond longer', async () => {
    const some = BURSTS.slice(0, 50);
    expect(otherwise(await played(some, hold(9_001), BOT), SETTINGS.hold, BOT)).toHaveLength(some.length);
  });
});

/** What becomes of the bursts, in their order. */
async function played(bursts: readonly Burst[], waiting: Waiting, bot: BotTime): Promise<Played[]> {
  const batching = await TestBatching.start(variablesOf(waiting));
  try {
    return await new BurstPlayer(batching, bot).play(bursts);
  } finally {
    await batching.stop();
  }
}

function variablesOf({
  minMs,
  windowMs,
  maxMs,
  startMs,
  maxSupersedes,
  maxSize,
  maxWaitMs,
}: Waiting): Record<string, string> {
  return {
    BATCH_TIMEOUT: String(windowMs),
    BATCH_MAX_WAIT: String(maxWaitMs),
    MAX_BATCH_SIZE: String(maxSize),
    ...(minMs < maxMs && {
      ENDPOINTING: 'dynamic',
      BATCH_TIMEOUT_MIN: String(minMs),
      BATCH_TIMEOUT_MAX: String(maxMs),
    }),
    ...(maxSupersedes > 0 && {
      BUSY_POLICY: 'supersede',
      MAX_SUPERSEDES: String(maxSupersedes),
    }),
    ...(startMs < windowMs && { PREEMPTIVE_START: String(startMs) }),
  };
}

/** The bursts that went otherwise than by the rule. */
function otherwise(outcomes: readonly Played[], waiting: Waiting, bot: BotTime): object[] {
  const player = new Player(waiting, bot);
  return outcomes.flatMap((found, id) => {
    const burst = BURSTS[id] as Burst;
    const ruled = player.play(burst);
    return isDeepStrictEqual(found, ruled) ? [] : [{ at: burst.at, found, ruled }];
  });
}
