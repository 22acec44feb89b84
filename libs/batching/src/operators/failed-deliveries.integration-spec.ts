import { UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import type { Claim } from '../hand-off/claims';
import { merge } from '../hand-off/merge';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { FailedDeliveries } from './failed-deliveries';

describe('a failed job whose batch is not settled', () => {
  const customer = aConversation('79001234567');
  let batching: TestBatching;
  let consumer: Redis;
  let worker: Worker;
  let failed: FailedDeliveries;
  let claim: Claim;

  beforeEach(async () => {
    batching = await TestBatching.start({});
    failed = new FailedDeliveries(batching.store, batching.queue);
    const { redis } = batching.settings;
    consumer = (await connect(waitingClient(redis, 'test'), redis)) as Redis;
    const { name, ...options } = queueOptions(batching.settings, consumer);
    worker = new Worker(name, () => Promise.reject(new UnrecoverableError('the bot refused')), options);
    await batching.batches.append(customer, aMessage('once'), true);
    claim = (await batching.claims.claim(customer.id)) as Claim;
    await handOff();
    await eventually('a failed job', () => batching.queue.getFailedCount(), Boolean);
  });
  afterEach(async () => {
    await worker.close(true);
    consumer.disconnect();
    await batching.stop();
  });

  const handOff = (): Promise<unknown> =>
    batching.handOff.deliver([merge(customer, claim, ' ')], performance.now());

  it('is not deleted, so that its batcher’s successor finds it', async () => {
    expect(await failed.discard(claim.batchId)).toBe('unsettled');
    await handOff();
    expect(await batching.queue.getJobCountByTypes('failed', 'wait', 'active')).toBe(1);
  });

  it('would be handed off a second time if it were', async () => {
    await (await batching.queue.getJob(claim.batchId))?.remove();
    await handOff();
    await eventually('the second job failed', () => batching.queue.getFailedCount(), Boolean);
  });

  it('is deleted once it is', async () => {
    await batching.claims.settle(claim);
    expect(await failed.discard(claim.batchId)).toBe(1);
    expect(await failed.discard(claim.batchId)).toBe(0);
  });
});
