import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { MergedMessage } from '@app/contracts';
import { AdminClient } from './admin-client';
import { AppProcess } from './app-process';
import { eventually } from './eventually';
import { UNHURRIED } from './patience';
import { RedisServer, type RedisServerOptions } from './redis-server';
import { sendJson, StandIn } from './stand-in';
import { watchedQueue } from './watched-queue';

export const BOT_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Short silences, retries that a test can wait for, and a bot that is given up only in tests about that. */
const QUICK = { BATCH_TIMEOUT: '300', BOT_TIMEOUT: '30000', BOT_MAX_ATTEMPTS: '3', BOT_RETRY_DELAY: '100' };

interface BotStageOptions extends RedisServerOptions {
  /** Default true. */
  worker?: boolean;
  /** All applications in one process, as `npm start` runs them, for tests that kill none of them: a third of the start. */
  inOneProcess?: boolean;
}

/** The whole chain: gateway → webhook → batcher → worker → bot → worker → gateway; each a process of its own, unless asked otherwise. */
export class BotStage {
  readonly customers: AdminClient;

  private constructor(
    readonly redis: RedisServer,
    readonly client: Redis,
    readonly queue: Queue<MergedMessage>,
    readonly bot: StandIn,
    readonly gateway: StandIn,
    readonly webhook: AppProcess,
    readonly batcher: AppProcess,
    readonly workers: AppProcess[],
    private readonly env: Record<string, string>,
  ) {
    const { WEBHOOK_SECRET = '', ADMIN_API_KEY = '' } = env;
    this.customers = new AdminClient(webhook, {
      'x-webhook-secret': WEBHOOK_SECRET,
      'x-api-key': ADMIN_API_KEY,
    });
  }

  /** @param variables its own, or those that name the gateway's address. */
  static async start(
    variables: Record<string, string> | ((gatewayUrl: string) => Record<string, string>) = {},
    { worker: hasWorker = true, inOneProcess = false, ...options }: BotStageOptions = {},
  ): Promise<BotStage> {
    const [redis, bot, gateway] = await Promise.all([
      RedisServer.start(options),
      StandIn.start(),
      StandIn.start(),
    ]);
    const env = {
      ...{
        REDIS_URL: redis.url,
        REDIS_ALLOWED_PORTS: String(redis.port),
        LOG_FORMAT: 'json',
        ...UNHURRIED,
        ...QUICK,
      },
      ...{ BOT_URL: `${bot.url}/bot?key=in-the-url`, BOT_SECRET },
      ...{ VENOM_SENDER_URL: `${gateway.url}/venom`, VENOM_SENDER_TOKEN: 'venom-token' },
      ...{ META_API_URL: `${gateway.url}/v23.0/`, META_API_TOKEN: 'meta-token' },
      ...{ WAHA_API_URL: gateway.url, WAHA_API_KEY: 'waha-key' },
      ...{ EVOLUTION_API_URL: gateway.url, EVOLUTION_API_KEY: 'evolution-key' },
      ...{ TELEGRAM_API_URL: gateway.url, MAX_API_URL: gateway.url, GREEN_API_URL: gateway.url },
      ...{ CHATWOOT_URL: gateway.url, CHATWOOT_TOKEN: 'chatwoot-token' },
      ...(typeof variables === 'function' ? variables(gateway.url) : variables),
    };
    const [webhook, batcher = webhook, worker] = inOneProcess
      ? [await AppProcess.start('all', env)]
      : await Promise.all([
          AppProcess.start('webhook', env),
          AppProcess.start('batcher', env),
          hasWorker ? AppProcess.start('worker', env) : null,
        ]);
    const client = new Redis(redis.url, { maxRetriesPerRequest: null });
    const queue = watchedQueue(client);
    return new BotStage(redis, client, queue, bot, gateway, webhook, batcher, worker ? [worker] : [], env);
  }

  /** Starts one more worker, with its own variables. */
  async addWorker(variables: Record<string, string> = {}): Promise<AppProcess> {
    const worker = await AppProcess.start('worker', { ...this.env, ...variables });
    this.workers.push(worker);
    return worker;
  }

  /** Kills every worker that still runs, and deletes all data. */
  async clear(): Promise<void> {
    await Promise.all(this.workers.filter(({ hasExited }) => !hasExited).map((worker) => worker.kill()));
    await eventually(
      'no batch on its way to the queue',
      async () => (await this.customers.get('/webhook/whatsapp/batched/stats')).body,
      ({ claimed }) => claimed === 0,
    );
    await this.client.flushall();
    for (const { heard } of [this.bot, this.gateway]) heard.length = 0;
    this.gateway.answer = (_, response) => sendJson(response, 200, {});
  }

  /** Sends a customer's message, and repeats it as gateways do while the webhook answers 503. */
  async write(phone: string, message: string): Promise<void> {
    const messageId = randomUUID();
    await eventually(
      'the webhook to answer 200',
      () => this.customers.message(phone, message, { messageId }),
      ({ status }) => status !== 503,
    ).then(({ status }) => expect(status).toBe(200));
  }

  /** The output of all processes. */
  get output(): string {
    return this.apps.flatMap(({ lines }) => lines).join('\n');
  }

  async stop(): Promise<void> {
    await this.queue.close();
    this.client.disconnect();
    await Promise.all(this.apps.filter(({ hasExited }) => !hasExited).map((app) => app.terminate()));
    await Promise.all([this.bot.stop(), this.gateway.stop(), this.redis.stop()]);
  }

  private get apps(): AppProcess[] {
    return [...new Set([this.webhook, this.batcher, ...this.workers])];
  }
}
