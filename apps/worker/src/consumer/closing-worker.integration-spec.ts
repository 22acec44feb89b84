import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { redisTimeMs } from '@app/batching';
import { eventually, pause } from '../../../../test/support/eventually';
import { RedisServer } from '../../../../test/support/redis-server';
import { ClosingWorker } from './closing-worker';
import { RedisClock } from './redis-clock';

const STEP_MS = 600_000;
const RETRY_MS = 500;
/** The shortest lock with which BullMQ works well. */
const LOCK_MS = 2_000;

describe('a consumer on a host whose clock is wrong', () => {
  const real = Date.now.bind(Date);
  let server: RedisServer;
  let redis: Redis;
  let queue: Queue;
  let worker: Worker;
  let hostMs: number;

  beforeEach(async () => {
    hostMs = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => real() + hostMs);
    server = await RedisServer.start();
    redis = new Redis(server.url, { maxRetriesPerRequest: null });
    queue = new Queue('messages', { connection: redis });
  });
  afterEach(async () => {
    await worker.close(true);
    await queue.close();
    redis.disconnect();
    await server.stop();
    jest.restoreAllMocks();
  });

  function consume(process: (job: Job, token?: string) => Promise<unknown>, isOurs = true): void {
    const options = {
      ...{ connection: redis, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2 },
      ...{ maxStalledCount: 100, concurrency: 2 },
    };
    worker = isOurs
      ? new ClosingWorker('messages', process, options, clockOf(redis))
      : new Worker('messages', process, options);
    worker.on('error', () => undefined);
  }

  /** Times at which a job that is put off once was begun. */
  async function putOffOnce(afterwards: () => void = () => undefined): Promise<number[]> {
    const begun: number[] = [];
    consume(async (job, token) => {
      begun.push(real());
      if (begun.length > 1) return;
      await job.moveToDelayed(Date.now() + RETRY_MS, token);
      afterwards();
      throw new DelayedError();
    });
    await queue.add('job', {}, { jobId: `b-${randomUUID()}` });
    await eventually(
      'the retry',
      () => Promise.resolve(begun),
      ({ length }) => length > 1,
    );
    return begun;
  }

  it.each([
    ['behind', -STEP_MS],
    ['ahead', STEP_MS],
  ])('tries again when the time has come, though its clock is %s', async (_, stepMs) => {
    hostMs = stepMs;
    const [first = 0, second = 0] = await putOffOnce();
    expect(second - first).toBeGreaterThanOrEqual(RETRY_MS - 50);
  });

  it.each([
    ['back', -STEP_MS],
    ['forward', STEP_MS],
  ])('tries again though its clock is set %s meanwhile', async (_, stepMs) => {
    await putOffOnce(() => (hostMs = stepMs));
  });

  it('keeps the job that it is working on, though its clock is set back', async () => {
    let begun = 0;
    let release: () => void = () => undefined;
    consume(() => {
      begun += 1;
      return new Promise<void>((resolve) => (release = resolve));
    });
    await queue.add('job', {}, { jobId: 'b-1' });
    await eventually('a job at work', () => Promise.resolve(begun), Boolean);
    hostMs = -STEP_MS;
    await pause(3 * LOCK_MS);
    expect(begun).toBe(1);
    release();
    await eventually('the job done', () => queue.getCompletedCount(), Boolean);
  });

  it('would be neither without this: BullMQ’s own retries nothing, and loses the job that it is working on', async () => {
    const begun: string[] = [];
    consume(async (job, token) => {
      begun.push(job.name);
      if (job.name === 'held') return new Promise(() => undefined);
      await job.moveToDelayed(Date.now() + RETRY_MS, token);
      hostMs = -STEP_MS;
      throw new DelayedError();
    }, false);
    for (const name of ['held', 'put off']) await queue.add(name, {}, { jobId: `b-${name}` });
    await eventually(
      'the job taken over',
      () => Promise.resolve(begun),
      ({ length }) => length > 2,
    );
    expect(begun.filter((name) => name === 'put off')).toHaveLength(1);
  });

  it('asks no more than now and then while a retry is to come', async () => {
    hostMs = STEP_MS;
    consume(async (job, token) => {
      await job.moveToDelayed(Date.now() + 60_000, token);
      throw new DelayedError();
    });
    await queue.add('job', {}, { jobId: 'b-1' });
    await eventually('a job put off', () => queue.getDelayedCount(), Boolean);
    const before = await calls(redis);
    await pause(2_000);
    expect((await calls(redis)) - before).toBeLessThan(100);
  });
});

describe('a consumer that loses the lock of a job at work', () => {
  const JOB_ID = 'b-1';
  let server: RedisServer;
  let redis: Redis;
  let queue: Queue;
  let worker: ClosingWorker;
  /** Ends each run, in the order in which they began. */
  let ends: (() => void)[];
  let broken: unknown[];

  beforeEach(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url, { maxRetriesPerRequest: null });
    queue = new Queue('messages', { connection: redis });
    [ends, broken] = [[], []];
    const atWork = (_job: Job, _token?: string, signal?: AbortSignal): Promise<void> => {
      signal?.addEventListener('abort', () => broken.push(signal.reason));
      return new Promise((resolve) => ends.push(resolve));
    };
    const options = { lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2, maxStalledCount: 100 };
    worker = new ClosingWorker(
      'messages',
      atWork,
      { connection: redis, concurrency: 2, ...options },
      clockOf(redis),
    );
    worker.on('error', () => undefined);
    await queue.add('job', {}, { jobId: JOB_ID });
    await begun(1);
  });
  afterEach(async () => {
    await worker.close(true);
    await queue.close();
    redis.disconnect();
    await server.stop();
  });

  const begun = (runs: number): Promise<unknown> =>
    eventually(
      `${runs} runs`,
      () => Promise.resolve(ends),
      ({ length }) => length === runs,
    );

  async function loseTheLock(): Promise<void> {
    await redis.del(`${queue.toKey(JOB_ID)}:lock`);
    await begun(2);
  }

  it('keeps the lock of the second run, though the first ends meanwhile', async () => {
    await loseTheLock();
    let renewals = 0;
    const failed = new Promise((resolve) => worker.once('error', resolve));
    ends[0]?.();
    // The queue refuses to complete it under the lock that was lost.
    await failed;
    worker.on('locksRenewed', ({ count }) => (renewals += count));
    await eventually(
      'two renewals of the lock',
      () => Promise.resolve(renewals),
      (count) => count >= 2,
    );
    ends[1]?.();
    await eventually('the job done', () => queue.getCompletedCount(), Boolean);
    expect(ends).toHaveLength(2);
  });

  it('breaks the first run off as the second begins: nothing of it counts', async () => {
    await loseTheLock();
    expect(broken).toEqual(['taken over']);
  });

  it('renews no lock of a job that is done', async () => {
    ends[0]?.();
    await eventually('the job done', () => queue.getCompletedCount(), Boolean);
    await eventually(
      'no job at work',
      () => Promise.resolve(worker['lockManager'].getActiveJobCount()),
      (count) => count === 0,
    );
  });
});

describe('a consumer that leaves jobs to others', () => {
  it('leaves them the notice that there is one, too: no other worker would get it', async () => {
    const server = await RedisServer.start();
    const redis = new Redis(server.url, { maxRetriesPerRequest: null });
    const queue = new Queue('messages', { connection: redis });
    const options = { connection: redis, drainDelay: 0.5 };
    const worker = new ClosingWorker('messages', () => Promise.resolve(), options, clockOf(redis));
    try {
      await new Promise<void>((resolve) => worker.once('drained', resolve));
      worker.mayTakeJobs = () => false;
      await pause(2_000);
      await queue.add('job', {}, { jobId: 'b-1' });
      await pause(2_000);
      expect(await redis.zcard(queue.toKey('marker'))).toBe(1);
      worker.mayTakeJobs = () => true;
      await eventually('the job done', () => queue.getCompletedCount(), Boolean);
    } finally {
      await worker.close(true);
      await queue.close();
      redis.disconnect();
      await server.stop();
    }
  });
});

function clockOf(redis: Redis): RedisClock {
  return new RedisClock(() => redisTimeMs(redis));
}

/** How many scripts the server has run. */
async function calls(redis: Redis): Promise<number> {
  const found = /cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'));
  return Number(found?.[1] ?? 0);
}
