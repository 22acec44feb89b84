import type { EndTurnOutcome } from '../store/scripts/end-turn';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from '../window/steering';
import { Turns } from './turns';

const HOUR_MS = 3_600_000;
const MAX = 3;

describe('a conversation that has too many turns within an hour', () => {
  const customer = aConversation();
  let batching: TestBatching;
  let turns: Turns;
  let steering: Steering;

  async function begin(variables: Record<string, string> = {}): Promise<void> {
    batching = await TestBatching.start({
      BATCH_TIMEOUT: '1000',
      MAX_TURNS_PER_HOUR: String(MAX),
      ...variables,
    });
    turns = new Turns(batching.store);
    steering = new Steering(batching.store);
    await turns.showWorker();
  }
  afterEach(() => batching.stop());

  /** A message that is answered; null if nothing was handed off. */
  async function turn(isDelivered = true): Promise<EndTurnOutcome | null> {
    await batching.batches.append(customer, aMessage('hello'));
    batching.now += 1_000;
    await batching.sweep.run();
    const job = (await batching.jobs()).at(-1);
    if (!job) return null;
    const begun = await turns.begin(customer, job);
    if (typeof begun === 'string') throw new Error(begun);
    await turns.commit(begun);
    await batching.queue.remove(job.batchId);
    return turns.end(begun, { isDelivered, hasAnswered: isDelivered });
  }

  const several = async (times: number): Promise<(EndTurnOutcome | null)[]> => {
    const outcomes: (EndTurnOutcome | null)[] = [];
    for (let i = 0; i < times; i += 1) outcomes.push(await turn());
    return outcomes;
  };

  it.each(['hold', 'supersede'])(
    'is held until the hour is over, and nothing is lost: %s',
    async (policy) => {
      await begin({ BUSY_POLICY: policy });
      const beganAt = batching.now + 1_000;
      expect(await several(MAX)).toEqual(['ended', 'ended', 'held']);
      expect((await steering.of(customer)).held).toBe(beganAt + HOUR_MS);
      expect(await several(2)).toEqual([null, null]);
      expect(await batching.statistics()).toMatchObject({ messages: 2, balance: 0 });
      batching.now = beganAt + HOUR_MS;
      expect(await several(MAX)).toEqual(['ended', 'ended', 'held']);
      expect(await batching.statistics()).toMatchObject({ messages: 0, balance: 0 });
    },
  );

  it('is counted anew once an operator has released it', async () => {
    await begin();
    await several(MAX);
    await steering.hold(customer, 0);
    expect(await several(MAX)).toEqual(['ended', 'ended', 'held']);
  });

  it('is not held by turns of more than an hour, nor by those that were not delivered, nor without a limit', async () => {
    await begin();
    await several(MAX - 1);
    batching.now += HOUR_MS;
    expect(await several(MAX - 1)).toEqual(['ended', 'ended']);
    expect(await turn(false)).toBe('ended');
    await batching.stop();
    await begin({ MAX_TURNS_PER_HOUR: '0' });
    expect(await several(MAX + 2)).toEqual(Array(MAX + 2).fill('ended'));
  });

  it('keeps a longer hold of an operator', async () => {
    await begin();
    await several(MAX - 1);
    await batching.batches.append(customer, aMessage('more'));
    batching.now += 1_000;
    await batching.sweep.run();
    const until = await steering.hold(customer, 3 * HOUR_MS);
    expect(await turn()).toBe('held');
    expect((await steering.of(customer)).held).toBe(until);
  });
});
