import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { MergedMessage } from '@app/contracts';
import { RedisServer, type RedisServerOptions } from '../../../../test/support/redis-server';
import { BatchService } from '../batch.service';
import type { BatchingSettings } from '../config/batching.settings';
import { Claims } from '../hand-off/claims';
import { HandOff } from '../hand-off/hand-off';
import { Succession } from '../hand-off/succession';
import { Sweep } from '../hand-off/sweep';
import { DeadLetters } from '../operators/dead-letters';
import { History } from '../operators/history';
import { OpenBatches } from '../operators/open-batches';
import { readStatistics, type Statistics } from '../operators/statistics';
import { queueClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { BatchStore } from '../store/batch-store';
import { Aliases } from '../window/aliases';
import { testClient } from './client';
import { testSettings } from './settings';
import { testQueue } from './world';

/** The whole library on its own real Redis, with a clock that stands until the test moves it. */
export class TestBatching {
  /** ms since the epoch; 0 leaves the time to Redis. */
  now = 1_700_000_000_000;
  readonly store: BatchStore;
  readonly batches: BatchService;
  readonly aliases: Aliases;
  readonly claims: Claims;
  readonly deadLetters: DeadLetters;
  readonly history: History;
  readonly open: OpenBatches;
  readonly handOff: HandOff;
  readonly sweep: Sweep;

  private constructor(
    readonly server: RedisServer,
    readonly redis: Redis,
    readonly queue: Queue<MergedMessage>,
    private readonly queueRedis: Redis,
    readonly settings: BatchingSettings,
  ) {
    this.store = new BatchStore(redis, settings, { clock: () => this.now });
    this.batches = new BatchService(this.store);
    this.aliases = new Aliases(this.store);
    this.claims = new Claims(this.store);
    this.deadLetters = new DeadLetters(this.store);
    this.history = new History(this.store);
    this.open = new OpenBatches(this.store);
    this.handOff = new HandOff(queue, settings);
    this.sweep = new Sweep(this.claims, this.handOff, new Succession(this.store), settings);
  }

  static async start(
    variables: Record<string, string> = {},
    options: RedisServerOptions = {},
  ): Promise<TestBatching> {
    const server = await RedisServer.start(options);
    const settings = testSettings({ ...variables, REDIS_URL: server.url });
    const redis = await testClient(server.url);
    const queueRedis = (await connect(queueClient(settings.redis), settings.redis)) as Redis;
    return new TestBatching(server, redis, testQueue(settings, queueRedis), queueRedis, settings);
  }

  /** The jobs on the queue, oldest first. */
  async jobs(): Promise<MergedMessage[]> {
    return (await this.queue.getJobs(['wait'], 0, -1, true)).map(({ data }) => data);
  }

  /** What is in Redis now, and the accounts. */
  statistics(): Promise<Statistics> {
    return readStatistics(this.store);
  }

  async stop(): Promise<void> {
    await this.queue.close();
    this.redis.disconnect();
    this.queueRedis.disconnect();
    await this.server.stop();
  }
}
