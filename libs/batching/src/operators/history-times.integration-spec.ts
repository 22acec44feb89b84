import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { MergedMessage } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { queueOptions } from '../queue/queue';
import { waitingClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { type BatchTimes, historyTimes } from './history-times';

const [ANNA, BORIS] = [aConversation('79001234501'), aConversation('79001234502')];

describe('the times in the history', () => {
  let batching: TestBatching;
  let begun: number;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000', MAX_MESSAGE_AGE: '60' });
    begun = batching.now;
  });
  afterEach(() => batching.stop());

  async function pages(): Promise<BatchTimes[][]> {
    const found: BatchTimes[][] = [];
    for await (const page of historyTimes(batching.store)) found.push(page);
    return found;
  }

  async function write(conversation = ANNA, timestamp: number | null = null): Promise<void> {
    await batching.batches.append(conversation, aMessage('a secret', { timestamp }));
  }

  async function handOff(): Promise<void> {
    batching.now += 1_000;
    await batching.sweep.run();
  }

  it('say when each message came, of the newest batch first, and nothing that was written', async () => {
    await write(ANNA);
    batching.now += 700;
    await write(ANNA);
    await handOff();
    await write(BORIS);
    await handOff();
    expect(await pages()).toEqual([
      [
        { conversationId: BORIS.id, receivedAt: [begun + 1_700], flushedAt: begun + 2_700, answer: null },
        {
          conversationId: ANNA.id,
          receivedAt: [begun, begun + 700],
          flushedAt: begun + 1_700,
          answer: null,
        },
      ],
    ]);
  });

  it('leave out what was old when it came', async () => {
    await write(ANNA, begun - 61_000);
    await handOff();
    expect(await pages()).toMatchObject([[{ receivedAt: [] }]]);
  });

  it('are those of all partitions', async () => {
    const many = await TestBatching.start({ BATCH_TIMEOUT: '1000', PARTITIONS: '3' });
    try {
      for (let i = 0; i < 10; i += 1)
        await many.batches.append(aConversation(String(79_001_234_000 + i)), aMessage('hello'));
      many.now += 1_000;
      await many.sweep.run();
      const { all } = many.store.partitions;
      expect(await Promise.all(all.map(({ history }) => many.redis.xlen(history)))).not.toContain(0);
      const found: BatchTimes[] = [];
      for await (const page of historyTimes(many.store)) found.push(...page);
      expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(10);
    } finally {
      await many.stop();
    }
  });

  it('come in pages', async () => {
    for (let i = 0; i < 201; i += 1) await write(aConversation(String(79_001_234_000 + i)));
    await handOff();
    expect((await pages()).map(({ length }) => length)).toEqual([200, 1]);
  });

  describe('after its job', () => {
    const NOTED = aConversation('79001234503');
    let connection: Redis;
    let worker: Worker;
    let answers: Map<string, BatchTimes['answer']>;

    beforeEach(async () => {
      for (const conversation of [ANNA, BORIS, NOTED, aConversation('79001234504')])
        await write(conversation);
      await handOff();
      const { redis } = batching.settings;
      connection = (await connect(waitingClient(redis, 'test'), redis)) as Redis;
      const { name, ...options } = queueOptions(batching.settings, connection);
      worker = new Worker(name, (job: Job<MergedMessage>) => work(job), { ...options, concurrency: 4 });
      await eventually(
        'three ended, one at work',
        () => batching.queue.getJobCounts('completed', 'failed', 'active'),
        ({ completed, failed, active }) => completed === 2 && failed === 1 && active === 1,
      );
      answers = new Map((await pages()).flat().map(({ conversationId, answer }) => [conversationId, answer]));
    });
    afterEach(async () => {
      await worker.close(true);
      connection.disconnect();
    });

    async function work(job: Job<MergedMessage>): Promise<void> {
      switch (job.data.conversationId) {
        case ANNA.id:
          return;
        case BORIS.id:
          throw new Error('given up');
        case NOTED.id:
          return job.updateProgress({ botMs: 1_234, replies: ['a secret'] });
        default:
          return new Promise(() => undefined);
      }
    }

    it('say when that was done, and how long its last attempt took', async () => {
      const done = (await batching.queue.getCompleted()).find(({ data }) => data.conversationId === ANNA.id);
      const { processedOn = NaN, finishedOn = NaN } = done ?? {};
      expect(answers.get(ANNA.id)).toEqual({ at: finishedOn, botMs: finishedOn - processedOn });
    });

    it('say how long the bot took if its worker noted that', () => {
      expect(answers.get(NOTED.id)).toMatchObject({ botMs: 1_234 });
    });

    it('say nothing if it is not done, or was given up', () => {
      expect([...answers.values()].filter((answer) => answer === null)).toHaveLength(2);
    });
  });
});
