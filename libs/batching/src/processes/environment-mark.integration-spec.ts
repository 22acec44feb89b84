import type { Redis } from 'ioredis';
import type { EnvironmentName } from '@app/config';
import { RedisServer } from '../../../../test/support/redis-server';
import { Keys } from '../store/keys';
import { Partitions } from '../store/partitions';
import { ScriptRunner } from '../store/script-runner';
import { beat } from '../store/scripts/beat';
import { testClient } from '../testing/client';
import { testSettings } from '../testing/settings';
import { claimForEnvironment } from './environment-mark';
import { HEARTBEAT } from './liveness';

const keys = new Keys('');

describe('the mark of an environment', () => {
  let server: RedisServer;
  let redis: Redis;
  let nowMs: number;
  let runner: ScriptRunner;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = await testClient(server.url);
    runner = new ScriptRunner(redis, { clock: () => nowMs });
  });
  beforeEach(async () => {
    nowMs = 1_700_000_000_000;
    await redis.flushall();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('lets its own environment in, any number of times', async () => {
    await expect(enter('production')).resolves.toBeUndefined();
    await expect(enter('production')).resolves.toBeUndefined();
  });

  it('keeps another out while one of its processes is alive, and names both', async () => {
    await enter('production');
    await showProcess('production');
    nowMs += HEARTBEAT.aliveMs;

    await expect(enter('development')).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(
        /in use by production.*this process is development.*its processes alive there: 1.*\n.*REDIS_ALLOW_ENVIRONMENT=production/,
      ) as string,
    });
  });

  it('keeps another out while something is pending', async () => {
    await enter('production');
    await redis.zadd(keys.directory, 0, '79001234567 1');
    nowMs += 10 * HEARTBEAT.aliveMs;

    await expect(enter('staging')).rejects.toThrow('conversations pending there: 1');
  });

  it('keeps another out before the first heartbeat', async () => {
    await enter('production');

    await expect(enter('development')).rejects.toThrow('moments ago');
  });

  it('is replaced when nothing is pending and no process is alive', async () => {
    await enter('development');
    await showProcess('development');
    nowMs += HEARTBEAT.aliveMs + 1;

    await expect(enter('production')).resolves.toBeUndefined();
    expect(await redis.hget(keys.environmentMark, 'environment')).toBe('production');
  });

  it('stays as it is for a guest that was allowed', async () => {
    await enter('production');
    nowMs += HEARTBEAT.aliveMs + 1;

    await expect(enter('development', 'production')).resolves.toBeUndefined();
    expect(await redis.hget(keys.environmentMark, 'environment')).toBe('production');
  });

  it('is not opened by an allowance for another environment', async () => {
    await enter('production');

    await expect(enter('development', 'staging')).rejects.toThrow('in use by production');
  });

  it('records into how many partitions all is divided, and keeps out who would divide it otherwise', async () => {
    await enter('production');
    await expect(enter('production', null, 2)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(/divided into 1 partitions.*into 2.*\nSet PARTITIONS=1/) as string,
    });
  });

  it('of a version that knew no partitions stands for one', async () => {
    await redis.hset(keys.environmentMark, 'environment', 'production', 'at', nowMs);

    await expect(enter('production', null, 64)).rejects.toThrow('PARTITIONS=1');
    await expect(enter('production')).resolves.toBeUndefined();
  });

  it('does not stand for ever where the clock went back', async () => {
    await enter('development');
    await showProcess('development');
    nowMs -= 10 * HEARTBEAT.aliveMs;

    await expect(enter('production')).resolves.toBeUndefined();
  });

  function enter(
    environment: EnvironmentName,
    allowEnvironment: EnvironmentName | null = null,
    partitions = 1,
  ): Promise<void> {
    const settings = testSettings();
    const redisSettings = { ...settings.redis, allowEnvironment, partitions };
    return claimForEnvironment(runner, new Partitions(redisSettings), {
      ...settings,
      environment,
      redis: redisSettings,
    });
  }

  function showProcess(environment: EnvironmentName): Promise<unknown> {
    return runner.run(
      beat,
      { processes: keys.processes, cards: keys.processCards },
      { aliveMs: HEARTBEAT.aliveMs, id: 'one', card: JSON.stringify({ environment }) },
    );
  }
});
