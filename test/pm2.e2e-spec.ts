import { Queue } from 'bullmq';
import type { MergedMessage } from '@app/batching';
import { eventually } from './support/eventually';
import { send } from './support/http';
import { NumberedMessages } from './support/numbered-messages';
import { Pm2, type Pm2Process } from './support/pm2';
import { RedisServer } from './support/redis-server';

const API = 'ai-admin-api';
const BATCHER = 'ai-admin-batch-processor';
const STUCK_MS = 60_000;
const SENDERS = 8;

jest.setTimeout(180_000);

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
    for (const { pm2_env } of [api, batcher]) expect(pm2_env).toMatchObject({ status: 'online', restart_time: 0 });

    const messages = new NumberedMessages(pm2.url);
    messages.start(SENDERS);
    await messages.more(100);
    await pm2.run(['reload', API]);
    await messages.more(100);
    const accepted = await messages.stop();

    expect(await idsInJobs(accepted.length)).toEqual(accepted);
    const reloaded = await pm2.find(API);
    expect(reloaded.pid).not.toBe(api.pid);
    expect(reloaded.pm2_env).toMatchObject({ status: 'online', restart_time: 1 });
    // It has seen several looks at its memory by now.
    expect(await pm2.find(BATCHER)).toMatchObject({ pid: batcher.pid, pm2_env: { restart_time: 0 } });
    console.log('MEASURE reload', accepted.length, messages.repeated, (await pm2.find(API)).monit, (await pm2.find(BATCHER)).monit);
    console.log(await pm2.log());
  });

  it('are started anew over their memory limit, and lose nothing', async () => {
    await pm2.run(['start', await pm2.configuration({ [BATCHER]: { max_memory_restart: '20M' } })]);
    const messages = new NumberedMessages(pm2.url);
    messages.start(SENDERS);
    await until(BATCHER, ({ pm2_env }) => pm2_env.restart_time >= 2);
    const accepted = await messages.stop();

    expect(await pm2.log()).toMatch(/exceeds --max-memory-restart value .*max_memory_limit=20971520/);
    expect(await idsInJobs(accepted.length)).toEqual(accepted);
    // The control: without a limit there is no restart.
    expect((await pm2.find(API)).pm2_env.restart_time).toBe(0);
    console.log('MEASURE memory', accepted.length, messages.repeated);
    console.log(await pm2.log());
  });

  it('are left stopped by a wrong configuration, and started by hand once it is right', async () => {
    await pm2.start({ BATCH_TIMEOUT: 'nine' });
    await eventually(
      'both have ended with 78',
      () => pm2.log(),
      (log) => [API, BATCHER].every((name) => new RegExp(`\\[${name}:\\d\\] exited with code \\[78\\]`).test(log)),
      STUCK_MS,
    );
    const before = [await pm2.find(API), await pm2.find(BATCHER)];
    console.log('MEASURE', JSON.stringify(before.map((b) => b.pm2_env.status)));
    console.log(await pm2.log());

    await pm2.run(['restart', API, BATCHER, '--update-env']);
    for (const name of [API, BATCHER]) await until(name, ({ pm2_env }) => pm2_env.status === 'online');
    expect(await batchTimeout()).toBe('1000');
  });

  it('keep their environment at a plain restart', async () => {
    await pm2.start();
    expect(await batchTimeout()).toBe('1000');

    await pm2.run(['restart', API], { BATCH_TIMEOUT: '1500' });
    expect(await batchTimeout()).toBe('1000');
    await pm2.run(['restart', API, '--update-env'], { BATCH_TIMEOUT: '1500' });
    expect(await batchTimeout()).toBe('1500');
    await pm2.run(['reload', API, '--update-env'], { BATCH_TIMEOUT: '1700' });
    expect(await batchTimeout()).toBe('1700');

    // A variable that the shell no longer has is kept all the same.
    await pm2.run(['restart', API, '--update-env'], { BATCH_TIMEOUT: undefined });
    console.log('UNSET', await batchTimeout());
    await pm2.run(['delete', API]);
    await pm2.start({ BATCH_TIMEOUT: undefined });
    console.log('DELETE', await batchTimeout());
    await pm2.run(['kill']);
    await pm2.start({ BATCH_TIMEOUT: undefined });
    console.log('KILL', await batchTimeout());
  });

  /** Resolves once PM2 shows the application so. */
  function until(name: string, isSo: (found: Pm2Process) => boolean): Promise<Pm2Process> {
    return eventually(name, () => pm2.find(name), isSo, STUCK_MS);
  }

  /** The silence that the webhook runs with, as an operator sees it. */
  async function batchTimeout(): Promise<string | undefined> {
    const { body } = await send(`${pm2.url}/admin/config`);
    const variables = body.variables as { name: string; value: string }[];
    return variables.find(({ name }) => name === 'BATCH_TIMEOUT')?.value;
  }

  /** The ids of all messages in all jobs, sorted, each as often as it is there, once there are so many. */
  async function idsInJobs(howMany: number): Promise<(string | null)[]> {
    const queue = new Queue<MergedMessage>('messages', { connection: { url: redis.url } });
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
