import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { MergedMessage } from '@app/contracts';
import { AppProcess } from './app-process';
import { eventually } from './eventually';
import { type Answer, postJson, send } from './http';
import { UNHURRIED } from './patience';
import { RedisServer } from './redis-server';
import { watchedQueue } from './watched-queue';

export const BATCHED = '/webhook/whatsapp/batched';
export const DIRECT = '/webhook/whatsapp';

/** Keys that processes write by themselves at any moment, and the records of what was asked: who asked, and why nothing came of it. */
const BESIDE_THE_CONTENTS = /^rapid-fire-(?:processes|process-cards|audit|audit-log|timelines|timeline:.*)$/;

export interface SystemOptions {
  /** Variables of every application. */
  env?: Record<string, string>;
  /** Default true. */
  batcher?: boolean;
}

/** A job of the queue, as a worker would get it. */
export interface FoundJob {
  id: string | undefined;
  name: string;
  data: MergedMessage;
}

/** Webhook and batcher as separate processes on a real Redis, driven from outside only. */
export class System {
  private constructor(
    readonly server: RedisServer,
    readonly redis: Redis,
    readonly queue: Queue<MergedMessage>,
    readonly webhook: AppProcess,
    readonly batcher: AppProcess | null,
  ) {}

  static async start({ env = {}, batcher = true }: SystemOptions = {}): Promise<System> {
    const server = await RedisServer.start();
    const all = { REDIS_URL: server.url, LOG_FORMAT: 'json', ...UNHURRIED, ...env };
    const [webhook, handsOff] = await Promise.all([
      AppProcess.start('webhook', all),
      batcher ? AppProcess.start('batcher', all) : null,
    ]);
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const queue = watchedQueue(redis);
    return new System(server, redis, queue, webhook, handsOff);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return postJson(this.webhook.url + path, body, headers);
  }

  /** Sends any request, its body unchanged. */
  send(path: string, init: RequestInit = {}): Promise<Answer> {
    return send(this.webhook.url + path, init);
  }

  /** The jobs of a conversation, oldest first, once there are this many. */
  async jobsOf(conversationId: string, howMany: number): Promise<FoundJob[]> {
    const jobs = await eventually(
      `${howMany} jobs of ${conversationId}`,
      () => this.allJobs(),
      (all) => all.filter(({ data }) => data.conversationId === conversationId).length >= howMany,
    );
    return jobs.filter(({ data }) => data.conversationId === conversationId);
  }

  /** Resolves once nothing is pending or claimed: no further job can come. */
  async nothingPending(): Promise<void> {
    const path = `${BATCHED}/stats`;
    await eventually(
      'nothing pending',
      async () => (await this.send(path)).body,
      ({ pending, claimed }) => pending === 0 && claimed === 0,
    );
  }

  /** Resolves once nothing of a company's customer is pending or on its way to the queue. */
  async nothingPendingOf(companyId: number, phone: string): Promise<void> {
    const path = `/admin/batches/${phone}?companyId=${companyId}`;
    await eventually(
      `nothing pending of ${companyId}:${phone}`,
      () => this.send(path),
      ({ status }) => status === 404,
    );
  }

  async allJobs(): Promise<FoundJob[]> {
    const states = ['wait', 'active', 'delayed', 'completed', 'failed', 'prioritized'] as const;
    const jobs = await this.queue.getJobs([...states], 0, -1, true);
    return jobs
      .map(({ id, name, data }) => ({ id, name, data }))
      .sort((a, b) => a.data.flushedAt - b.data.flushedAt);
  }

  /** Everything that requests leave in Redis, key by key, for a comparison of before and after. */
  async contents(): Promise<Record<string, string>> {
    const keys = (await this.redis.keys('*')).filter((key) => !BESIDE_THE_CONTENTS.test(key)).sort();
    const values = await Promise.all(keys.map((key) => this.redis.dumpBuffer(key)));
    return Object.fromEntries(keys.map((key, i) => [key, values[i]?.toString('base64') ?? '']));
  }

  async stop(): Promise<void> {
    await this.queue.close();
    this.redis.disconnect();
    await Promise.all([this.webhook.terminate(), this.batcher?.terminate()]);
    await this.server.stop();
  }
}
