import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Child } from './support/child';
import { eventually, STUCK_MS } from './support/eventually';
import { BATCHED, System } from './support/system';

const ROOT = resolve(__dirname, '..');
const [, CODE = ''] = /```js\n(.*?)```/s.exec(readFileSync(resolve(ROOT, 'docs/consuming.md'), 'utf8')) ?? [];

describe('the consumer of docs/consuming.md', () => {
  let system: System;
  let consumer: Child;

  beforeAll(async () => {
    system = await System.start({ env: { BATCH_TIMEOUT: '300', ADMIN_API_KEY: 'admin-key-1' } });
    consumer = new Child('consumer', process.execPath, ['-e', CODE], {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        REDIS_URL: system.server.url,
        RAPID_FIRE_URL: system.webhook.url,
        ADMIN_API_KEY: 'admin-key-1',
      },
    });
    await eventually(
      'a consumer that shows itself',
      () => system.redis.exists('rapid-fire-worker-seen'),
      (exists) => exists === 1,
    );
  });
  afterAll(async () => {
    consumer.signal('SIGTERM');
    await consumer.exited;
    await system.stop();
  });

  it('answers each batch, and ends its turn so that the next may follow', async () => {
    for (const text of ['first', 'second']) {
      await system.post(BATCHED, { phone: '79001234567', companyId: 1, message: text });
      await consumer.waitForLine(new RegExp(`^answered 1:79001234567: ${text}$`), STUCK_MS);
    }
    await eventually(
      'both remembered',
      () => Promise.resolve(consumer.lines.filter((line) => line.startsWith('remembered b-'))),
      ({ length }) => length === 2,
    );
    await system.webhook.waitForLine(/Ended a turn/);
    await eventually(
      'nothing left',
      async () => (await system.send(`${BATCHED}/stats`, { headers: { 'x-api-key': 'admin-key-1' } })).body,
      ({ pending, turns }) => pending === 0 && turns === 0,
    );
  });
});
