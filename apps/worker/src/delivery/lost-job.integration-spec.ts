import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import {
  BatchStore,
  JobLostError,
  JobProgress,
  LateReplies,
  queueOptions,
  ReplyPermits,
  Turns,
  type WaitingBatches,
} from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import { loadSettings, type Settings } from '@app/settings';
import { eventually } from '../../../../test/support/eventually';
import { UNHURRIED } from '../../../../test/support/patience';
import { RedisServer } from '../../../../test/support/redis-server';
import { MergedMessageProcessor } from '../merged-message.processor';
import { ReplyDispatcher } from '../replies/reply-dispatcher';
import type { ReplyPace } from '../replies/reply-pace';
import type { ReplyReport } from '../replies/reply-report';
import type { ReplySender } from '../replies/reply-sender';
import type { ReplyShaper } from '../replies/reply-shaper';
import type { Delivery } from './delivery';
import type { DeliveryOutcome } from './delivery-outcome';
import { DeliveryProgress, type DeliveryRecord } from './delivery-progress';
import { deliveryOf, METRICS } from './testing/delivery-of';

const BATCH_ID = 'b-1';
const SOURCE = { gateway: 'venom', account: null, chatId: '79001234567' };
const MESSAGE = {
  ...{ version: 1, batchId: BATCH_ID, conversationId: '79001234567', messageCount: 1 },
  messages: [{ messageId: '1', type: 'text', text: 'hello', receivedAt: 0, metadata: {}, source: SOURCE }],
} as unknown as MergedMessage;
const NEVER = new Promise<never>(() => undefined);

describe.each(['hold', 'parallel'])(
  'a worker whose job the queue has given to another, under %s',
  (policy) => {
    let server: RedisServer;
    let redis: Redis;
    let queue: Queue<MergedMessage>;
    let settings: Settings;
    let store: BatchStore;
    let sleeper: Worker<MergedMessage>;
    let other: Worker<MergedMessage>;
    /** What each worker's gateway was given, and how often each called its bot. */
    let sent: string[];
    let calls: Record<string, number>;
    /** The other worker's gateway answers only after this. */
    let gatewayOfOther: Promise<unknown>;
    let botOfOther: Promise<unknown>;

    beforeEach(async () => {
      server = await RedisServer.start();
      settings = loadSettings({ NODE_ENV: 'test', REDIS_URL: server.url, BUSY_POLICY: policy, ...UNHURRIED });
      redis = new Redis(server.url, { maxRetriesPerRequest: null });
      store = new BatchStore(redis, settings);
      const options = queueOptions(settings, redis);
      queue = new Queue('messages', options);
      sleeper = new Worker('messages', null, { ...options, skipStalledCheck: true });
      [sent, calls] = [[], { sleeper: 0, other: 0 }];
      [gatewayOfOther, botOfOther] = [Promise.resolve(), Promise.resolve()];
      const processor = new MergedMessageProcessor(
        workerOf('other', { call: () => botOfOther, gateway: () => gatewayOfOther }),
        new JobProgress(redis, settings),
        new LateReplies(store, new Turns(store), queue),
        { hearMuteBefore: () => Promise.resolve() } as unknown as WaitingBatches,
        METRICS,
      );
      other = new Worker<MergedMessage>('messages', (job, token) => processor.process(job, token), {
        ...options,
        autorun: false,
        lockDuration: 5_000,
        stalledInterval: 500,
        maxStalledCount: 100,
      });
      other.on('error', () => undefined);
      await queue.add('merged-message', MESSAGE, { jobId: BATCH_ID });
    });
    afterEach(async () => {
      await Promise.all([sleeper.close(true), other.close(true)]);
      await queue.close();
      redis.disconnect();
      await server.stop();
    });

    /** A worker that answers with two replies of its own name. */
    function workerOf(
      name: string,
      waits: { call: () => Promise<unknown>; gateway: () => Promise<unknown> },
    ): Delivery {
      const turns = new Turns(store);
      const sender = {
        showTyping: () => Promise.resolve(),
        send: async (_: unknown, text: string) => {
          if (text.endsWith('2')) await waits.gateway();
          sent.push(text);
          return { kind: 'sent' };
        },
      } as unknown as ReplySender;
      const shaper = {
        messagesOf: (_: unknown, replies: { text: string }[]) => replies.map(({ text }) => text),
      } as unknown as ReplyShaper;
      const dispatcher = new ReplyDispatcher(
        new ReplyPermits(store, turns),
        shaper,
        { pauseBeforeMs: () => Promise.resolve(0) } as unknown as ReplyPace,
        sender,
        { tried: () => undefined } as unknown as ReplyReport,
      );
      const call = async (): Promise<string[]> => {
        calls[name] = (calls[name] ?? 0) + 1;
        await waits.call();
        return [`${name} 1`, `${name} 2`];
      };
      return deliveryOf({ turns, late: new LateReplies(store, turns, queue), settings, dispatcher, call });
    }

    /** The queue gives the job to the sleeper, whose lock expires: the other worker gets it. */
    async function taken(): Promise<Job<MergedMessage>> {
      const job: Job<MergedMessage> = await sleeper.getNextJob('the-lock-of-the-sleeper');
      await redis.del(`${queue.toKey(BATCH_ID)}:lock`);
      return job;
    }
    const runOther = (): void => void other.run().catch(() => undefined);

    function goOn(job: Job<MergedMessage>, call: () => Promise<unknown>): Promise<DeliveryOutcome> {
      const delivery = workerOf('sleeper', { call, gateway: () => Promise.resolve() });
      return delivery.run(job.data, new DeliveryProgress(job, new JobProgress(redis, settings)));
    }

    const record = async (): Promise<Partial<DeliveryRecord>> =>
      ((await queue.getJob(BATCH_ID))?.progress ?? {}) as Partial<DeliveryRecord>;

    const untilSent = (count: number): Promise<unknown> =>
      eventually(
        `${count} replies noted`,
        async () => (await record()).sent?.length ?? 0,
        (length) => length >= count,
      );

    async function bothOfTheOther(): Promise<void> {
      await eventually('the job done', () => queue.getCompletedCount(), Boolean);
      expect(sent).toEqual(['other 1', 'other 2']);
    }

    it('neither calls the bot nor writes its record over that of the other, who is between two replies', async () => {
      let release: () => void = () => undefined;
      gatewayOfOther = new Promise<void>((resolve) => (release = resolve));
      const job = await taken();
      runOther();
      await untilSent(1);
      const before = await record();
      await expect(goOn(job, () => Promise.resolve())).rejects.toThrow(JobLostError);
      expect(await record()).toEqual(before);
      release();
      await bothOfTheOther();
      expect(calls).toEqual({ sleeper: 0, other: 1 });
    });

    it('neither notes nor sends what its bot answers meanwhile', async () => {
      const job = await sleeper.getNextJob('the-lock-of-the-sleeper');
      const outcome = goOn(job, async () => {
        await redis.del(`${queue.toKey(BATCH_ID)}:lock`);
        gatewayOfOther = NEVER;
        runOther();
        await untilSent(1);
      }).catch((error: unknown) => error);
      await eventually(
        'an end of its run',
        () => Promise.race([outcome, Promise.resolve(null)]),
        (end) => end !== null,
      );
      expect([sent, (await record()).replies]).toEqual([['other 1'], ['other 1', 'other 2']]);
    });

    it('takes nothing from the other, whose bot is at work, by starting on the batch', async () => {
      let answer: () => void = () => undefined;
      botOfOther = new Promise<void>((resolve) => (answer = resolve));
      const job = await taken();
      runOther();
      await eventually(
        'the call of the other',
        () => Promise.resolve(calls['other']),
        (count) => count === 1,
      );
      await expect(goOn(job, () => Promise.resolve())).rejects.toThrow(JobLostError);
      answer();
      await bothOfTheOther();
      expect(calls['sleeper']).toBe(0);
    });
  },
);
