import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { RedisServer } from '../../../test/support/redis-server';
import { commandClient, queueClient } from './redis/connection';
import { connect } from './redis/ready';
import { anyCommands } from './testing/commands';
import { assertJobs } from './testing/invariants';
import { Model } from './testing/model';
import { testSettings } from './testing/settings';
import { testQueue, World } from './testing/world';

const RUNS = Number(process.env.MODEL_RUNS ?? 2_000);
const COMMANDS = 40;
// A failure is shrunk for so long; a pass takes a quarter of it.
const SHRINK_LIMIT_MS = 240_000;

Logger.overrideLogger(false);

describe('the state machine of a conversation', () => {
  it(`keeps every invariant in ${RUNS} random histories`, async () => {
    const server = await RedisServer.start();
    const settings = testSettings({
      REDIS_URL: server.url,
      BATCH_TIMEOUT: '1000',
      BATCH_TIMEOUT_BY_TYPE: 'audio:2000',
      BATCH_MAX_WAIT: '5000',
      MAX_BATCH_SIZE: '3',
      MAX_BATCH_BYTES: '1024',
      MAX_PENDING_PER_CONVERSATION: '8',
      MAX_PENDING_BYTES: '2500',
      CLAIM_LEASE: '10',
      DEDUP_TTL: '60',
      HISTORY_MAX: '5',
    });
    const redis = await connect(commandClient(server.url, 'model'));
    const queueRedis = await connect(queueClient(server.url));
    const queue = testQueue(settings, queueRedis);
    const { quietMs, maxWaitMs, maxSize, maxBytes } = settings.window;

    const property = fc.asyncProperty(anyCommands(COMMANDS), async (commands) => {
      await redis.flushall();
      const model = new Model({
        quietMs,
        maxWaitMs,
        maxSize,
        maxBytes,
        ...settings.bounds,
        leaseMs: settings.handOff.leaseMs,
        horizonMs: 60_000,
        dedupTtlMs: settings.memory.dedupTtlMs,
      });
      const world = new World(redis, queue, settings, model);
      await fc.asyncModelRun(() => ({ model, real: world }), commands);
      await assertJobs(world, model);
    });
    const seed = Number(process.env.MODEL_SEED ?? Date.now());
    process.stdout.write(`model test: ${RUNS} runs, MODEL_SEED=${seed}\n`);
    try {
      await fc.assert(property, { numRuns: RUNS, seed, interruptAfterTimeLimit: SHRINK_LIMIT_MS });
    } finally {
      await queue.close();
      redis.disconnect();
      queueRedis.disconnect();
      await server.stop();
    }
  }, 600_000);
});
