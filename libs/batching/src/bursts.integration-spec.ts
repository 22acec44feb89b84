import { isDeepStrictEqual } from 'node:util';
import { type Burst, hold, logUniformBot, play, type Played, type Waiting } from '@app/window';
import { generatedBursts } from '../../../test/support/generated-bursts';
import { SETTINGS } from '../../../test/support/waiting-limits';
import { TestBatching } from './testing/batching';
import { BurstPlayer } from './testing/burst-player';

/** 2,010 bursts, several hundred of them of more than one message. */
const BURSTS = generatedBursts(134);
const BOT = logUniformBot(1_000, 15_000);

describe('bursts, played through the scripts', () => {
  it('under hold are each answered in the millisecond that the rule says', async () => {
    expect(against(await played(BURSTS, SETTINGS.hold), SETTINGS.hold)).toEqual([]);
  });

  it('are not if the window is a millisecond longer', async () => {
    const longer = await played(BURSTS.slice(0, 50), hold(9_001));
    expect(against(longer, SETTINGS.hold)).toHaveLength(50);
  });
});

/** What became of each of the bursts. */
type Outcome = readonly [burst: Burst, played: Played];

async function played(bursts: readonly Burst[], { windowMs }: Waiting): Promise<Outcome[]> {
  const batching = await TestBatching.start({ BATCH_TIMEOUT: String(windowMs) });
  try {
    const all = await new BurstPlayer(batching, BOT).play(bursts);
    return all.map((one, i) => [bursts[i] as Burst, one]);
  } finally {
    await batching.stop();
  }
}

/** The bursts that went otherwise than by the rule. */
function against(outcomes: readonly Outcome[], waiting: Waiting): object[] {
  return outcomes.flatMap(([burst, found]) => {
    const ruled = play(burst, waiting, BOT);
    return isDeepStrictEqual(found, ruled) ? [] : [{ at: burst.at, found, ruled }];
  });
}
