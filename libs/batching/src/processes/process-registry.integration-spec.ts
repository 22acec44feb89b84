import type { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { BatchStore } from '../store/batch-store';
import { SetAside } from '../store/set-aside';
import { testClient } from '../testing/client';
import { testSettings } from '../testing/settings';
import { HEARTBEAT } from './liveness';
import type { Role } from './process-card';
import { ProcessRegistry } from './process-registry';
import { Unattended } from './unattended';

// These tests need only the first beat; a second one would remove silent processes.
jest.mock('./liveness', () => ({ HEARTBEAT: { everyMs: 3_600_000, aliveMs: 10_000 } }));

describe('the meeting point', () => {
  let server: RedisServer;
  let redis: Redis;
  let nowMs: number;
  let points: ProcessRegistry[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = await testClient(server.url);
  });
  beforeEach(async () => {
    nowMs = 1_700_000_000_000;
    await redis.flushall();
  });
  afterEach(async () => {
    // Otherwise their next heartbeats would appear in the next test.
    await Promise.all(points.map((point) => point.leave()));
    points = [];
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('shows every role of every process', async () => {
    await arrive('webhook', 'batcher');
    const worker = await arrive('worker');

    expect(worker.processors.map(({ role }) => role).sort()).toEqual(['batcher', 'webhook', 'worker']);
    expect(worker.findings).toEqual([]);
  });

  it('shows them also where what waits cannot be counted', async () => {
    await arrive('batcher');
    await redis.set('rapid-fire-dead-letters', 'no list of them');
    const webhook = await arrive('webhook');

    expect(webhook.processors.map(({ role }) => role).sort()).toEqual(['batcher', 'webhook']);
    expect(webhook.findings).toEqual([]);
  });

  it('does not show who has been silent, and forgets them', async () => {
    await arrive('batcher');
    nowMs += HEARTBEAT.aliveMs + 1;
    const webhook = await arrive('webhook');

    expect(webhook.processors.map(({ role }) => role)).toEqual(['webhook']);
    expect(webhook.findings.map(({ code }) => code)).toEqual(['no-batcher']);
    expect(await redis.zcard('rapid-fire-processes')).toBe(1);
    expect(await redis.hlen('rapid-fire-process-cards')).toBe(1);
  });

  it('still shows who was seen just in time', async () => {
    await arrive('batcher');
    nowMs += HEARTBEAT.aliveMs;

    expect((await arrive('webhook')).findings).toEqual([]);
  });

  it('does not take for alive who was seen before the clock went back', async () => {
    await arrive('batcher');
    nowMs -= HEARTBEAT.aliveMs + 1;

    expect((await arrive('webhook')).findings.map(({ code }) => code)).toEqual(['no-batcher']);
  });

  it('loses who leaves at once, and tells them who stays', async () => {
    const batcher = await arrive('batcher');
    await arrive('webhook');

    expect((await batcher.leave())?.map(({ roles }) => roles)).toEqual([['webhook']]);
    expect([await redis.zcard('rapid-fire-processes'), await redis.hlen('rapid-fire-process-cards')]).toEqual(
      [1, 1],
    );
    expect((await arrive('webhook')).findings.map(({ code }) => code)).toEqual(['no-batcher']);
  });

  it('lets exactly one of those who leave together be the last', async () => {
    const batchers = await Promise.all([arrive('batcher'), arrive('batcher'), arrive('batcher')]);
    const heirs = await Promise.all(batchers.map((batcher) => batcher.leave()));

    expect(heirs.filter((others) => others?.length === 0)).toHaveLength(1);
  });

  it('sees no process under another prefix', async () => {
    await arrive('batcher');

    expect((await arriveWith({ KEY_PREFIX: 'other-' }, 'webhook')).findings[0]?.code).toBe('no-batcher');
  });

  it('says that dead letters wait, of either stage', async () => {
    const { home } = new BatchStore(redis, testSettings()).partitions;
    await redis.zadd(home.deadLetters, 1, 'b-1');
    await redis.zadd('bull:messages:failed', 1, 'b-2');
    const webhook = await arrive('webhook', 'batcher', 'worker');
    expect(webhook.findings.map(({ code }) => code)).toEqual(['dead-letters', 'dead-letters']);
  });

  it('misses a worker where there has been one, and turns are held', async () => {
    const webhook = await arrive('webhook', 'batcher');
    expect(webhook.findings).toEqual([]);
    await redis.set(new BatchStore(redis, testSettings()).partitions.home.workerSeen, nowMs);
    const codes = async (variables: Record<string, string>, ...roles: Role[]): Promise<string[]> =>
      (await arriveWith(variables, ...roles)).findings.map(({ code }) => code);
    expect(await codes({}, 'batcher')).toEqual(['no-worker']);
    const parallel = await codes({ BUSY_POLICY: 'parallel' }, 'batcher');
    expect(parallel).not.toContain('no-worker');
    expect(await codes({}, 'worker')).not.toContain('no-worker');
  });

  it('misses one where only a company holds turns, also from when its file says so', async () => {
    const settings = testSettings({ BUSY_POLICY: 'parallel' });
    let companyHolds: () => void = () => undefined;
    const store = new BatchStore(redis, {
      ...settings,
      whenAny: (isSo, run) => {
        companyHolds = () => (isSo(testSettings()) ? run() : undefined);
      },
    });
    const unattended = new Unattended(store, { count: () => Promise.resolve(0) });
    await redis.set(store.partitions.home.workerSeen, nowMs);
    const codes = async (): Promise<string[]> => {
      await unattended.look(nowMs);
      return unattended.findings(new Set(), 'here', nowMs).map(({ code }) => code);
    };
    expect(await codes()).toEqual([]);
    companyHolds();
    expect(await codes()).toEqual(['no-worker']);
  });

  it('misses one where the next job has been the same for a minute', async () => {
    const unattended = new Unattended(new BatchStore(redis, testSettings()), {
      count: () => Promise.resolve(0),
    });
    const codesAt = async (ms: number): Promise<string[]> => {
      await unattended.look(ms);
      return unattended.findings(new Set(), 'here', ms).map(({ code }) => code);
    };
    await redis.lpush('bull:messages:wait', 'b-1', 'b-2');
    expect(await codesAt(0)).toEqual([]);
    expect(await codesAt(59_000)).toEqual([]);
    expect(await codesAt(60_000)).toEqual(['no-worker']);
    await redis.rpop('bull:messages:wait');
    expect(await codesAt(61_000)).toEqual([]);
  });

  function arrive(...roles: Role[]): Promise<ProcessRegistry> {
    return arriveWith({}, ...roles);
  }

  async function arriveWith(variables: Record<string, string>, ...roles: Role[]): Promise<ProcessRegistry> {
    const store = new BatchStore(redis, testSettings(variables), { clock: () => nowMs });
    const point = new ProcessRegistry(store, new SetAside(store));
    points.push(point);
    for (const role of roles) point.takeRole(role);
    await point.onApplicationBootstrap();
    return point;
  }
});
