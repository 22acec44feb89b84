import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { BatchStore, JobProgress, LateReplies, queueOptions, redisTimeMs, Turns } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { loadSettings } from '@app/settings';
import { UNHURRIED } from '../../../../test/support/patience';
import { RedisServer } from '../../../../test/support/redis-server';
import type { ReplyDispatcher } from '../replies/reply-dispatcher';
import { DeliveryProgress } from './delivery-progress';
import { deliveryOf } from './testing/delivery-of';

const DAY_MS = 24 * 3_600_000;
const CONVERSATION = parseConversationId('79001234567');
const MESSAGE = {
  ...{ version: 1, batchId: 'b-1', conversationId: CONVERSATION.id, messages: [], final: false },
} as unknown as MergedMessage;

it('a call whose batch is superseded meanwhile ends the job: that is remembered as long as a job from then on', async () => {
  const server = await RedisServer.start();
  const variables = { NODE_ENV: 'test', REDIS_URL: server.url, BUSY_POLICY: 'supersede', ...UNHURRIED };
  const settings = loadSettings(variables);
  const redis = new Redis(server.url, { maxRetriesPerRequest: null });
  const options = queueOptions(settings, redis);
  const queue = new Queue<MergedMessage>('messages', options);
  const worker = new Worker<MergedMessage>('messages', null, { ...options, skipStalledCheck: true });
  const store = new BatchStore(redis, settings);
  const turns = new Turns(store);
  const { superseded } = store.keysOf(CONVERSATION);
  try {
    await queue.add('merged-message', MESSAGE, { jobId: 'b-1' });
    const dispatcher = {
      answerPresses: () => undefined,
      showTyping: () => undefined,
    } as unknown as ReplyDispatcher;
    const call = async (): Promise<string[]> => {
      // As the message that supersedes it does, in one step.
      await redis.zadd(superseded, Date.now() + 40 * DAY_MS, 'b-1');
      await turns.endOf(CONVERSATION, 'b-1');
      return ['superseded'];
    };
    const late = new LateReplies(store, turns, queue);
    const job: Job<MergedMessage> = await worker.getNextJob('the-lock');
    const progress = new DeliveryProgress(job, new JobProgress(redis, settings));
    const outcome = await deliveryOf({ turns, late, settings, dispatcher, call }).run(job.data, progress);
    expect(outcome).toEqual({ kind: 'superseded' });
    const until = Number(await redis.zscore(superseded, 'b-1'));
    expect(until).toBeLessThanOrEqual((await redisTimeMs(redis)) + 3 * DAY_MS);
  } finally {
    await worker.close(true);
    await queue.close();
    redis.disconnect();
    await server.stop();
  }
});
