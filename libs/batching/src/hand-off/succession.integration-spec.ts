import type { MergedMessage } from '@app/contracts';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from '../turns/turns';

describe('batches of one conversation that are on the queue together', () => {
  const customer = aConversation('79001234567');
  let batching: TestBatching;
  let turns: Turns;

  beforeEach(() => start());
  afterEach(() => batching.stop());

  async function start(variables: Record<string, string> = {}): Promise<void> {
    batching = await TestBatching.start(variables);
    turns = new Turns(batching.store);
  }

  async function handOff(text: string): Promise<MergedMessage> {
    await batching.batches.append(customer, aMessage(text), true);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    const job = (await batching.jobs()).at(-1);
    expect(job).toMatchObject({ text });
    return job as MergedMessage;
  }

  const begin = ({ batchId, follows }: MergedMessage): ReturnType<Turns['begin']> =>
    turns.begin(customer, { batchId, follows });

  /** A worker has finished a batch. */
  async function finish(batch: MergedMessage): Promise<void> {
    const turn = await begin(batch);
    if (typeof turn === 'string') throw new Error(`${batch.text} is ${turn}`);
    await turns.end(turn);
    await batching.queue.remove(batch.batchId);
  }

  it('name the one before them', async () => {
    const [first, second, third] = [await handOff('1'), await handOff('2'), await handOff('3')];
    expect([first.follows, second.follows, third.follows]).toEqual([
      undefined,
      first.batchId,
      second.batchId,
    ]);
  });

  it('begin in order, whichever worker asks first, also those that come when turns are held', async () => {
    const [first, second] = [await handOff('1'), await handOff('2')];
    await turns.showWorker();
    const third = await handOff('3');
    expect(await begin(third)).toBe('behind');
    expect(await begin(second)).toBe('behind');
    await finish(first);
    expect(await begin(third)).toBe('behind');
    await finish(second);
    await finish(third);
  });

  it('have turns as always when all are done', async () => {
    const first = await handOff('1');
    await turns.showWorker();
    await finish(first);
    const second = await handOff('2');
    expect(second.follows).toBeUndefined();
    await batching.batches.append(customer, aMessage('3'), true);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 0 });
    await finish(second);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
  });

  it('go on when begun, though a dead letter ahead of them is redriven', async () => {
    const [first, second] = [await handOff('1'), await handOff('2')];
    await turns.showWorker();
    const { data, opts } = (await batching.queue.getJob(first.batchId)) ?? { data: first, opts: {} };
    await batching.queue.remove(first.batchId);
    expect(await begin(second)).toMatchObject({ batchId: second.batchId });
    await batching.queue.add('merged-message', data, opts);
    expect(await begin(second)).toMatchObject({ batchId: second.batchId });
    expect(await begin(first)).toBe('busy');
  });

  it('are begun one after the other, and may overlap, where no turns are held', async () => {
    await batching.stop();
    await start({ BUSY_POLICY: 'parallel' });
    const [first, second] = [await handOff('1'), await handOff('2')];
    expect(await begin(second)).toBe('behind');
    await batching.redis.hset(batching.queue.toKey(first.batchId), 'processedOn', 1);
    expect(await begin(second)).toMatchObject({ batchId: second.batchId });
  });
});
