import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { BatchStore, Turns } from '@app/batching';
import { conversationOf, type MergedMessage } from '@app/contracts';
import { loadSettings } from '@app/settings';
import { AdminClient } from './admin-client';
import { AppProcess } from './app-process';
import { eventually } from './eventually';
import { UNHURRIED } from './patience';
import { RedisServer } from './redis-server';
import { watchedQueue } from './watched-queue';

export const KEY = 'admin-key-1';
export const PHONE = '79001234567';
/** Longer than any test, so that a batch is handed off only on request, never by itself. */
const LONG = { BATCH_TIMEOUT: '60000', BATCH_TTL: '600', BATCH_MAX_WAIT: '120000' };

/** A webhook and a batcher that act only on operators' calls, and an operator with the right key. */
export class OperatorStage {
  readonly admin: AdminClient;

  private constructor(
    readonly redis: RedisServer,
    readonly client: Redis,
    readonly queue: Queue<MergedMessage>,
    readonly webhook: AppProcess,
    readonly batcher: AppProcess,
    webhookSecret: string | undefined,
  ) {
    const other = webhookSecret === undefined ? {} : { 'x-webhook-secret': webhookSecret };
    this.admin = new AdminClient(webhook, { 'x-api-key': KEY, ...other });
  }

  /** @param more variables of both applications. */
  static async start(more: Record<string, string> = {}): Promise<OperatorStage> {
    const redis = await RedisServer.start();
    const env = {
      ...{ REDIS_URL: redis.url, REDIS_ALLOWED_PORTS: String(redis.port), ADMIN_API_KEY: KEY },
      ...{ LOG_FORMAT: 'json', ...UNHURRIED, ...LONG, ...more },
    };
    const [webhook, batcher] = await Promise.all([
      AppProcess.start('webhook', { WRONG_SECRETS_PER_MINUTE: '3', ...env }),
      AppProcess.start('batcher', env),
    ]);
    const client = new Redis(redis.url);
    const queue = watchedQueue(client);
    return new OperatorStage(redis, client, queue, webhook, batcher, more.WEBHOOK_SECRET);
  }

  /** The first job on the queue that is not one of these. */
  async nextJob(known: readonly string[] = []): Promise<MergedMessage> {
    const unknown = async (): Promise<MergedMessage[]> =>
      (await this.queue.getJobs(['wait']))
        .map(({ data }) => data)
        .filter(({ batchId }) => !known.includes(batchId));
    const [job] = await eventually('a job', unknown, (jobs) => jobs.length > 0);
    return job as MergedMessage;
  }

  /** Makes a dead letter of this customer's pending messages, as a batcher would leave it. */
  async deadLetter(batchId: string, phone = PHONE): Promise<void> {
    const keys = this.store().keysOf({ customer: phone });
    const element = (await this.client.lindex(keys.messages(phone), 0)) as string;
    await this.admin.delete(`/webhook/whatsapp/batched/${phone}`);
    const atMs = 1_700_000_000_000;
    await this.client
      .multi()
      .rpush(keys.deadMessages(batchId), element)
      .hset(keys.deadLetter(batchId), {
        ...{ conversation: phone, error: 'refused', buriedAt: atMs, count: 1 },
        ...{ bytes: element.length, opened: atMs, reason: 'quiet', flushedAt: atMs },
      })
      .zadd(keys.deadLetters, atMs, batchId)
      .hincrby(keys.counters, 'buried', 1)
      .hincrby(keys.counters, 'cleared', -1)
      .exec();
  }

  /** Lets a bot work on this customer's batch, as a worker would. */
  async beginTurn(batchId: string, phone = PHONE): Promise<void> {
    await new Turns(this.store()).begin(conversationOf(phone, null), { batchId });
  }

  /** Hands off this customer's pending messages; resolves with the batch id once the history holds it. */
  async handOff(phone = PHONE): Promise<string> {
    await this.admin.post(`/admin/batches/${phone}/flush`);
    // The batch moves from the list to the history in one step.
    await eventually(
      'nothing pending',
      () => this.admin.get(`/admin/batches/${phone}`),
      ({ status }) => status === 404,
    );
    const { body } = await this.admin.get(`/admin/history?phone=${phone}`);
    const [{ batchId }] = body.items as [MergedMessage];
    return batchId;
  }

  private store(): BatchStore {
    return new BatchStore(this.client, loadSettings({ NODE_ENV: 'test', REDIS_URL: this.redis.url }));
  }

  async stop(): Promise<void> {
    await this.queue.close();
    this.client.disconnect();
    await Promise.all([this.webhook.terminate(), this.batcher.terminate()]);
    await this.redis.stop();
  }
}

/** The value of a metric in an application's scrape; NaN if it is absent. */
export async function metricOf({ url }: AppProcess, metric: string): Promise<number> {
  const scrape = await (await fetch(`${url}/metrics`)).text();
  const line = scrape.split('\n').find((one) => one.startsWith(`${metric} `));
  return Number(line?.slice(metric.length));
}
