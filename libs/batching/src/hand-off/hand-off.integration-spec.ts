import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import { KEEP_FINISHED, queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import type { Claim } from './claims';
import { HandOff } from './hand-off';
import { merge } from './merge';

/** Longer than a finished job is kept. */
const AGES_MS = 2 * KEEP_FINISHED.age * 1000;

describe('a hand-off', () => {
  const customer = aConversation('79001234567');
  let batching: TestBatching;
  let consumer: Redis;
  let worker: Worker;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    const { redis } = batching.settings;
    consumer = (await connect(waitingClient(redis, 'test'), redis)) as Redis;
    const { name, ...options } = queueOptions(batching.settings, consumer);
    worker = new Worker(name, () => Promise.resolve(), options);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await worker.close(true);
    consumer.disconnect();
    await batching.stop();
  });

  async function claim(): Promise<Claim> {
    const claimed = await batching.claims.claim(customer.id);
    if (!claimed) throw new Error('nothing was due');
    return claimed;
  }

  async function handOff(claimed: Claim): Promise<void> {
    const lot = [merge(claimed.conversation, claimed, ' ')];
    expect(await batching.handOff.deliver(lot, performance.now())).toEqual([{ kind: 'queued' }]);
  }

  /** The job of a batch whose owner dies before the settle is consumed and, as BullMQ does by age, removed. */
  async function handOffAndAge(): Promise<Claim> {
    await batching.batches.append(customer, aMessage('once'), true);
    const first = await claim();
    await handOff(first);
    await eventually('a finished job', () => batching.queue.getCompletedCount(), Boolean);
    const then = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => then + AGES_MS);
    await batching.queue.add('another', {} as never, { removeOnComplete: KEEP_FINISHED });
    await eventually(
      'the first job gone',
      () => batching.queue.getJob(first.batchId),
      (job) => !job,
    );
    batching.now += AGES_MS;
    return claim();
  }

  it('makes no second job when its owner comes back after the first one is done and gone', async () => {
    const again = await handOffAndAge();
    expect(again.attempt).toBe(2);
    expect(await batching.handOff.has(again.batchId)).toBe(true);
    await handOff(again);
    expect(await batching.claims.settle(again)).toBe('settled');
    await batching.handOff.forget([again.batchId]);
    expect(await batching.queue.getJob(again.batchId)).toBeUndefined();
    expect(await batching.redis.keys('bull:messages:de:*')).toEqual([]);
  });

  it('would make a second job if nothing but the first one stood in the way', async () => {
    const again = await handOffAndAge();
    const added = await batching.handOff.add(merge(customer, again, ' '));
    expect(added).toEqual({ kind: 'queued' });
    await batching.handOff.forget([again.batchId]);
    expect(await batching.queue.getJob(again.batchId)).toBeDefined();
  });

  it('leaves nothing behind once its batch is settled', async () => {
    await batching.batches.append(customer, aMessage('once'), true);
    await batching.sweep.run();
    expect(await batching.redis.keys('bull:messages:de:*')).toEqual([]);
  });

  it('is settled, whatever becomes of what it should forget', async () => {
    const { queue, settings } = batching;
    jest.spyOn(queue, 'removeDeduplicationKey').mockRejectedValue(new Error('connection lost'));
    await expect(new HandOff(queue, settings).forget(['b-1'])).resolves.toBeUndefined();
  });
});
