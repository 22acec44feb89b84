import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Child } from './support/child';
import { eventually, STUCK_MS } from './support/eventually';
import { BATCHED, System } from './support/system';

const ROOT = resolve(__dirname, '..');
const [, CODE = ''] = /```js\n(.*?)```/s.exec(readFileSync(resolve(ROOT, 'docs/consuming.md'), 'utf8')) ?? [];
const ADMIN_API_KEY = 'admin-key-1';

describe('the consumer of docs/consuming.md', () => {
  let system: System;
  let consumer: Child;

  async function start(variables: Record<string, string>): Promise<void> {
    system = await System.start({ env: { ADMIN_API_KEY, ...variables } });
    consumer = new Child('consumer', process.execPath, ['-e', CODE], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        REDIS_URL: system.server.url,
        RAPID_FIRE_URL: system.webhook.url,
        ADMIN_API_KEY,
      },
    });
    await eventually(
      'a consumer that shows itself',
      () => system.redis.exists('rapid-fire-worker-seen'),
      (exists) => exists === 1,
    );
  }
  afterEach(async () => {
    consumer.signal('SIGTERM');
    await consumer.exited;
    await system.stop();
  });

  const write = (message: string): Promise<unknown> =>
    system.post(BATCHED, { phone: '79001234567', companyId: 1, message });

  const linesLike = (pattern: RegExp): string[] => consumer.lines.filter((line) => pattern.test(line));

  async function nothingIsLeft(): Promise<void> {
    await eventually(
      'nothing left',
      async () => (await system.send(`${BATCHED}/stats`, { headers: { 'x-api-key': ADMIN_API_KEY } })).body,
      ({ pending, turns }) => pending === 0 && turns === 0,
    );
  }

  it('answers each batch, and ends its turn so that the next may follow', async () => {
    await start({ BATCH_TIMEOUT: '300' });
    for (const text of ['first', 'second']) {
      await write(text);
      await consumer.waitForLine(new RegExp(`^answered 1:79001234567: ${text}$`), STUCK_MS);
    }
    await eventually(
      'both remembered',
      () => Promise.resolve(linesLike(/^remembered b-/)),
      ({ length }) => length === 2,
    );
    await system.webhook.waitForLine(/Ended a turn/);
    await nothingIsLeft();
  });

  it('sends one answer where a message supersedes the draft that it has', async () => {
    await start({ BATCH_TIMEOUT: '10000', BUSY_POLICY: 'supersede', PREEMPTIVE_START: '100' });
    await write('first');
    await eventually(
      'the draft at the consumer',
      () =>
        system.redis
          .keys('bull:messages:b-*')
          .then((jobs) =>
            Promise.all(jobs.map((job) => system.redis.hget(job, 'progress').catch(() => null))),
          ),
      (progress) => progress.some((each) => each?.includes('first')),
    );
    await write('second');
    await consumer.waitForLine(/^answered 1:79001234567: first second$/, STUCK_MS);
    await nothingIsLeft();
    expect(linesLike(/^answered/)).toHaveLength(1);
  });
});
