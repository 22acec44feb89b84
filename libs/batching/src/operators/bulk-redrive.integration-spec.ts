import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { merge } from '../hand-off/merge';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aMessage } from '../testing/messages';
import { BulkRedrive, type BulkRedriven } from './bulk-redrive';
import { FailedDeliveries } from './failed-deliveries';

const nobody = (): void => undefined;

const ALL = { stage: null, companyId: null, since: null, before: null };

describe('many dead letters at once', () => {
  let batching: TestBatching;
  let bulk: BulkRedrive;
  let consumer: Redis;
  let worker: Worker;
  /** How often a consumer has had each batch. */
  const tried = new Map<string, number>();

  beforeEach(async () => {
    batching = await TestBatching.start({});
    batching.now = 0;
    tried.clear();
    const { store, queue, settings, deadLetters } = batching;
    bulk = new BulkRedrive(store, deadLetters, new FailedDeliveries(store, queue), queue);
    consumer = (await connect(waitingClient(settings.redis, 'test'), settings.redis)) as Redis;
    const { name, ...options } = queueOptions(settings, consumer);
    const refuse = ({ id = '' }: Job): Promise<unknown> => {
      tried.set(id, (tried.get(id) ?? 0) + 1);
      return Promise.reject(new UnrecoverableError('the bot refuses'));
    };
    worker = new Worker(name, refuse, { ...options, concurrency: 20 });
  });
  afterEach(async () => {
    await worker.close(true);
    consumer.disconnect();
    await batching.stop();
  });

  /** So many jobs that the bot has refused, each of another customer of the company. */
  async function refused(howMany: number, companyId: number): Promise<void> {
    const before = await batching.queue.getFailedCount();
    const messages = Array.from({ length: howMany }, (_, i): MergedMessage => {
      const batchId = `b-${companyId}-${i}`;
      const message = {
        ...aMessage('hello'),
        seq: 1,
        receivedAt: 1,
        timestamp: 1,
        message: 'hello',
        companyId,
      };
      const batch = { batchId, reason: 'quiet' as const, flushedAt: 1, messages: [message] };
      return merge(parseConversationId(`${companyId}:7900${1_000_000 + i}`), batch, ' ');
    });
    await batching.handOff.deliver(messages, performance.now());
    await failed(before + howMany);
  }

  const failed = (howMany: number): Promise<unknown> =>
    eventually(
      `${howMany} failed jobs`,
      () => batching.queue.getFailedCount(),
      (count) => count === howMany,
    );

  it('are each tried once more, also where they die again meanwhile, and where two operators ask', async () => {
    await refused(120, 7);
    const heard: string[] = [];
    const [one, other] = await Promise.all([
      bulk.run(ALL, ({ id }, batchId) => heard.push(`${id} ${batchId}`)),
      bulk.run(ALL, nobody),
    ]);
    expect(other).toBe('under-way');
    expect(one).toMatchObject({ redriven: 120, busy: 0, more: false });
    await failed(120);
    expect(new Set(tried.values())).toEqual(new Set([2]));
    expect(new Set(heard)).toHaveProperty('size', 120);
    expect(heard).toContain('7:79001000000 b-7-0');
    // It goes on where the first has ended: with nothing.
    const { before } = one as BulkRedriven;
    expect(await bulk.run({ ...ALL, before }, nobody)).toMatchObject({ redriven: 0, more: false });
  });

  it('are those of a company, of a stage, and of a time', async () => {
    await refused(3, 7);
    await refused(3, 8);
    const redriven = (wish: Partial<Parameters<BulkRedrive['run']>[0]>): ReturnType<BulkRedrive['run']> =>
      bulk.run({ ...ALL, ...wish }, nobody);
    expect(await redriven({ stage: 'batcher' })).toMatchObject({ redriven: 0 });
    expect(await redriven({ since: Date.now() + 60_000 })).toMatchObject({ redriven: 0 });
    expect(await redriven({ companyId: '8', stage: 'worker' })).toMatchObject({ redriven: 3 });
    await failed(6);
    expect(
      [...tried]
        .filter(([, times]) => times === 2)
        .map(([id]) => id)
        .sort(),
    ).toEqual(['b-8-0', 'b-8-1', 'b-8-2']);
  });
});
