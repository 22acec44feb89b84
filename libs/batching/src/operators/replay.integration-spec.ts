import type { HandOff } from '../hand-off/hand-off';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Replay } from './replay';

describe('a replay', () => {
  let batching: TestBatching;
  beforeEach(async () => {
    batching = await TestBatching.start({ HISTORY_MAX: '2' });
  });
  afterEach(() => batching.stop());

  async function handedOff(text: string): Promise<string> {
    await batching.batches.append(aConversation(), aMessage(text), true);
    await batching.sweep.run();
    return (await batching.jobs()).find((job) => job.text === text)?.batchId ?? '';
  }

  function replayThrough(handOff: HandOff): Replay {
    return new Replay(batching.store, batching.history, handOff);
  }

  it('is a new job with the same content each time, and leaves the accounts alone', async () => {
    const original = await handedOff('hello');
    const replay = replayThrough(batching.handOff);
    const outcomes = [await replay.run(original), await replay.run(original)];
    const jobs = (await batching.jobs()).filter(({ replayOf }) => replayOf === original);
    expect(jobs.map(({ batchId }) => batchId)).toEqual(
      outcomes.map((outcome) => 'batchId' in outcome && outcome.batchId),
    );
    expect(jobs.map(({ text, flushReason }) => [text, flushReason])).toEqual([
      ['hello', 'replay'],
      ['hello', 'replay'],
    ]);
    expect(await batching.statistics()).toMatchObject({ balance: 0, totals: { delivered: 1 } });
  });

  it('is possible as long as the history holds the batch, and no longer', async () => {
    const replay = replayThrough(batching.handOff);
    const [first, second] = [await handedOff('1'), await handedOff('2'), await handedOff('3')];
    expect(await replay.run(first)).toEqual({ kind: 'unknown' });
    expect(await replay.run(second)).toMatchObject({ kind: 'replayed' });
    expect(await batching.redis.hlen(batching.store.partitions.home.historyIndex)).toBe(2);
  });

  it('says so where the queue refuses it, and tries once', async () => {
    const original = await handedOff('hello');
    const add = jest.spyOn(batching.queue, 'add').mockRejectedValue(new Error('no'));
    const outcome = await replayThrough(batching.handOff).run(original);
    expect(outcome).toMatchObject({ kind: 'refused', error: { message: 'no' } });
    expect(add).toHaveBeenCalledTimes(1);
  });

  it('says so if it is unknown whether the job exists', async () => {
    const original = await handedOff('hello');
    jest.spyOn(batching.queue, 'add').mockRejectedValue(new Error('Connection is closed.'));
    jest.spyOn(batching.queue, 'count').mockRejectedValue(new Error('Connection is closed.'));
    expect(await replayThrough(batching.handOff).run(original)).toMatchObject({
      kind: 'unavailable',
      batchId: expect.stringMatching(/^b-/) as string,
    });
  });
});
