import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import type { Report } from '@app/window';
import { Child } from './support/child';
import { generatedBursts } from './support/generated-bursts';
import { RedisServer } from './support/redis-server';

const MAIN = resolve(__dirname, '../dist/apps/window/src/main.js');
const APART_MS = 60_000;

describe('npm run window', () => {
  let server: RedisServer;
  let folder: string;

  beforeAll(async () => {
    server = await RedisServer.start();
    folder = await mkdtemp(join(tmpdir(), 'rapid-fire-window-'));
    await fillHistory(server);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  /** What it prints, started as a user who may only read. */
  async function shown(...options: string[]): Promise<string> {
    const run = command({ REDIS_URL: server.url.replace('//', '//reader:secret@') }, options);
    if ((await run.exited) !== 0) throw run.failure('failed');
    return run.lines.join('\n');
  }

  function command(variables: Record<string, string>, options: string[]): Child {
    const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'test', ...variables };
    return new Child('npm run window', process.execPath, [MAIN, ...options], { cwd: folder, env });
  }

  it('recommends a setting from the history, and shows no phone and no text', async () => {
    const text = await shown();
    expect(text).toMatch(/^1500 batches in 1.0 days: \d+ bursts of 100 customers/);
    expect(text).toContain('The bot, as 1500 finished jobs show it: half of its answers within 3 s');
    expect(text).toContain('Recommended: BUSY_POLICY=supersede BATCH_TIMEOUT=9000 PREEMPTIVE_START=6000');
    expect(text).not.toMatch(/7900|secret/);
  });

  it('--json, --bot, --batches, --svg: gives the same to programs, for another bot, of fewer batches, as a picture', async () => {
    const file = join(folder, 'window.svg');
    const json = await shown('--json', '--bot', '500-500', '--batches', '300', '--svg', file);
    const report = JSON.parse(json) as Report;
    expect(report).toMatchObject({
      data: { batches: 300 },
      bot: { kind: 'given', medianMs: 500 },
      advice: null,
    });
    expect(await readFile(file, 'utf8')).toMatch(/^<svg /);
  });

  it.each([
    ['without a Redis', {}, [], /REDIS_URL/],
    ['with an option that there is not', { REDIS_URL: 'redis://127.0.0.1:1' }, ['--bots'], /--bots/],
    [
      'with a bot whose times are none',
      { REDIS_URL: 'redis://127.0.0.1:1' },
      ['--bot', '5 s'],
      /--bot must be/,
    ],
  ])('ends with what is wrong, and code 78: %s', async (_, variables, options, said) => {
    const run = command(variables, options);
    expect(await run.exited).toBe(78);
    expect(run.lines.join('\n')).toMatch(said);
  });
});

/** A day of history as `settle` writes it, each burst one batch with a job that took 3 s, and a user who may only read. */
async function fillHistory(server: RedisServer): Promise<void> {
  const redis = new Redis(server.url);
  try {
    const filling = redis.pipeline();
    filling.acl('SETUSER', 'reader', 'on', '>secret', '~*', '+@read', '+@connection', '+info');
    for (const { id, customer, at } of generatedBursts(100)) {
      const times = at.map((time) => 1_700_000_000_000 + id * APART_MS + time);
      const flushedAt = (times.at(-1) ?? 0) + 9_000;
      const messages = times.map((receivedAt, seq) => ({ seq, receivedAt, text: 'a secret' }));
      filling.xadd(
        'rapid-fire-history',
        '*',
        ...['batch', `b-${id}`, 'conversation', `790012345${customer.replace(/\D/g, '').padStart(2, '0')}`],
        ...['reason', 'quiet', 'flushedAt', flushedAt, 'messages', JSON.stringify(messages)],
      );
      filling.hset(`bull:messages:b-${id}`, { processedOn: flushedAt, finishedOn: flushedAt + 3_000 });
    }
    await filling.exec();
  } finally {
    redis.disconnect();
  }
}
