import { eventually } from './support/eventually';
import { freePort } from './support/free-port';
import { send } from './support/http';
import { NumberedMessages } from './support/numbered-messages';
import { Pm2 } from './support/pm2';
import { RedisServer } from './support/redis-server';
import { watchedQueue } from './support/watched-queue';

const API = 'ai-admin-api';
const BATCHER = 'ai-admin-batch-processor';
const STUCK_MS = 120_000;
const SENDERS = 8;

jest.setTimeout(400_000);

describe('the applications under PM2', () => {
  let redis: RedisServer;
  let pm2: Pm2;

  beforeEach(async () => {
    redis = await RedisServer.start();
    pm2 = await Pm2.create({ REDIS_URL: redis.url, BATCH_TIMEOUT: '1000', BATCH_MAX_WAIT: '2000' });
  });
  afterEach(async () => {
    await pm2.stop();
    await redis.stop();
  });

  it('are started and reloaded under load without a lost message', async () => {
    await pm2.start();
    const [api, batcher] = [await pm2.find(API), await pm2.find(BATCHER)];
    for (const { pm2_env } of [api, batcher])
      expect(pm2_env).toMatchObject({ status: 'online', restart_time: 0 });

    const messages = new NumberedMessages(pm2.url);
    messages.start(SENDERS);
    await messages.more(100);
    await pm2.run(['reload', API]);
    await messages.more(100);
    // Ended by itself, not cut off: its clients' busy connections did not hold it back.
    expect(await pm2.log()).toContain(`[${API}:_old_0] exited with code [0]`);
    const accepted = await messages.stop();

    expect(await idsInJobs(accepted.length)).toEqual(accepted);
    const reloaded = await pm2.find(API);
    expect(reloaded.pid).not.toBe(api.pid);
    expect(reloaded.pm2_env).toMatchObject({ status: 'online', restart_time: 1 });
    // It has seen several looks at its memory by now.
    expect(await pm2.find(BATCHER)).toMatchObject({ pid: batcher.pid, pm2_env: { restart_time: 0 } });
  });

  it('are started anew over their memory limit, and lose nothing', async () => {
    const limited = await pm2.configuration({ [BATCHER]: { max_memory_restart: '20M' } });
    // Every look ends it: between two of them it must have the time to start and to hand something off.
    await pm2.run(['start', limited], { PM2_WORKER_INTERVAL: '30000' });
    const messages = new NumberedMessages(pm2.url);
    messages.start(SENDERS);
    await restarts(BATCHER, 2);
    const accepted = await messages.stop();

    expect(await pm2.log()).toMatch(/exceeds --max-memory-restart value .*max_memory_limit=20971520/);
    expect(await idsInJobs(accepted.length)).toEqual(accepted);
    // The control: without a limit there is no restart.
    expect((await pm2.find(API)).pm2_env.restart_time).toBe(0);
  });

  it('are left stopped by a wrong configuration, and started by hand once it is right', async () => {
    // The control, an unreachable Redis, is worth another attempt: the batcher is started again and again.
    const noRedis = { REDIS_URL: `redis://127.0.0.1:${await freePort()}`, REDIS_BOOT_WAIT: '1' };
    const wrong = await pm2.configuration({ [API]: { env: { BATCH_TIMEOUT: 'nine' } } });
    await pm2.run(['start', wrong], noRedis);
    await restarts(BATCHER, 2);

    const exits = (await pm2.log()).match(/\[ai-admin-api:\d+\] exited with code \[\d+\]/g);
    expect(exits).toEqual([expect.stringContaining('[78]')]);
    expect(await pm2.find(API)).toMatchObject({ pid: 0, pm2_env: { restart_time: 0 } });

    await pm2.run(['restart', API, '--update-env'], { REDIS_BOOT_WAIT: '30' });
    expect(await used('BATCH_TIMEOUT')).toBe('1000');
  });

  it('keep their environment at a restart, unless PM2 is told to update it', async () => {
    await pm2.start({ MAX_BATCH_SIZE: '5' });
    expect(await used('MAX_BATCH_SIZE')).toBe('5');

    await pm2.run(['restart', API], { MAX_BATCH_SIZE: '6' });
    expect(await used('MAX_BATCH_SIZE')).toBe('5');
    await pm2.run(['restart', API, '--update-env'], { MAX_BATCH_SIZE: '6' });
    expect(await used('MAX_BATCH_SIZE')).toBe('6');
    await pm2.run(['reload', API, '--update-env'], { MAX_BATCH_SIZE: '7' });
    expect(await used('MAX_BATCH_SIZE')).toBe('7');
  });

  it('forget a variable only with the daemon', async () => {
    await pm2.start({ MAX_BATCH_SIZE: '5' });
    await pm2.run(['restart', API, '--update-env']);
    expect(await used('MAX_BATCH_SIZE')).toBe('5');
    await pm2.run(['delete', API]);
    await pm2.start();
    expect(await used('MAX_BATCH_SIZE')).toBe('5');

    await pm2.run(['kill']);
    await pm2.start();
    expect(await used('MAX_BATCH_SIZE')).toBe('10');
  });

  /** Resolves once PM2 has started the application so many times again. */
  async function restarts(name: string, howMany: number): Promise<void> {
    await eventually(
      `${howMany} restarts of ${name}`,
      () => pm2.startsOf(name),
      (starts) => starts > howMany,
      STUCK_MS,
    );
    expect((await pm2.find(name)).pm2_env.restart_time).toBeGreaterThanOrEqual(howMany);
  }

  /** A variable as the webhook runs with it, which is what an operator sees. */
  async function used(variable: string): Promise<string | undefined> {
    const { body } = await send(`${pm2.url}/admin/config`);
    const variables = body.variables as { name: string; value: string }[];
    return variables.find(({ name }) => name === variable)?.value;
  }

  /** The ids of all messages in all jobs, sorted, each as often as it is there, once there are so many. */
  async function idsInJobs(howMany: number): Promise<(string | null)[]> {
    const queue = watchedQueue({ url: redis.url });
    try {
      const ids = async (): Promise<(string | null)[]> => {
        const jobs = await queue.getJobs();
        return jobs.flatMap(({ data }) => data.messages.map(({ messageId }) => messageId));
      };
      const found = await eventually('all in jobs', ids, ({ length }) => length >= howMany, STUCK_MS);
      return found.sort();
    } finally {
      await queue.close();
    }
  }
});
