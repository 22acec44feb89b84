import { join } from 'node:path';
import { Redis } from 'ioredis';
import { BootStage, PASSWORDS } from './support/boot-stage';
import { PATIENCE } from './support/patience';
import { SwitchedAddress } from './support/switched-address';

const stage = new BootStage();

afterEach(() => stage.clear());

afterAll(() => {
  // The control: refusals were printed.
  expect(stage.output).toContain('WRONGPASS');
  for (const password of Object.values(PASSWORDS)) expect(stage.output).not.toContain(password);
});

describe('a wrong configuration', () => {
  it('ends with 78 within 2 s, every problem named and nothing reached', async () => {
    const env = {
      NODE_ENV: 'production',
      REDIS_URL: `redis://:${PASSWORDS.redis}@cache.example:6380`,
      WEBHOOK_SECRET: '',
      BATCH_TIMEOUT: 'nine',
      BATCH_TIMOUT: '5000',
      CLAIM_LEASE: '1',
    };
    const { code, text, tookMs } = await stage.refused('webhook', env);

    expect(code).toBe(78);
    expect(tookMs).toBeLessThan(2_000 * PATIENCE);
    for (const line of [
      'BATCH_TIMEOUT must be a whole number',
      'REDIS_URL breaks the port rule of production: expected port 6379, not 6380',
      'REDIS_URL breaks the TLS rule of production',
      'CLAIM_LEASE must be at least twice REDIS_COMMAND_TIMEOUT',
      'WEBHOOK_SECRET is required in staging and production',
      'BATCH_TIMOUT is not known; did you mean BATCH_TIMEOUT?',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('ends with 78 at a server that would delete messages', async () => {
    const { url } = await stage.redis(PASSWORDS.redis, ['--maxmemory-policy', 'allkeys-lru']);
    const { code, text } = await stage.refused('batcher', { REDIS_URL: url });

    expect(code).toBe(78);
    expect(text).toContain('maxmemory-policy is allkeys-lru');
  });

  it('ends with 78 at a wrong password, and shows neither', async () => {
    const { server } = await stage.redis(PASSWORDS.redis);
    const url = `redis://:${PASSWORDS.otherRedis}@127.0.0.1:${server.port}`;
    const { code, text } = await stage.refused('batcher', { REDIS_URL: url });

    expect(code).toBe(78);
    expect(text).toContain('user or password (WRONGPASS)');
  });
});

describe('what the system refuses', () => {
  it.each(['webhook', 'batcher', 'worker'] as const)(
    'a port that is taken: named to the %s, without a stack',
    async (name) => {
      const { url, server } = await stage.redis(PASSWORDS.redis);
      const variable = { webhook: 'PORT', batcher: 'BATCHER_PORT', worker: 'WORKER_PORT' }[name];
      const { code, text } = await stage.refused(name, { REDIS_URL: url, [variable]: String(server.port) });

      expect(code).toBe(69);
      expect(text).toContain(`Port ${server.port} is taken by another program`);
      expect(text).not.toMatch(/^\s+at /m);
      const redis = new Redis(url);
      expect(await redis.keys('*')).toEqual([]);
      redis.disconnect();
    },
  );

  it('a data folder that is a file: named, with what to do', async () => {
    const cwd = await stage.directory({});
    const DATA_DIR = join(cwd, '.env');
    const { code, text } = await stage.refused('all', { DATA_DIR }, cwd);

    expect(code).toBe(69);
    expect(text).toContain(DATA_DIR);
    expect(text).toContain('name another folder in DATA_DIR');
    expect(text).not.toMatch(/^\s+at /m);
  });

  it('a % in a password: refused with the hint, and no part of it shown', async () => {
    const { code, text } = await stage.refused('webhook', {
      REDIS_URL: `redis://:100%${PASSWORDS.redis}@127.0.0.1:6379`,
    });

    expect(code).toBe(78);
    expect(text).toContain('% / # ? @ : of a password as %25');
    expect(text).not.toMatch(/^\s+at /m);
  });
});

describe('a Redis that goes while a worker starts on it', () => {
  // What the worker writes first once it is admitted, and what makes it one, on the wire.
  it.each(['bull:messages:meta', 'set\r\n$22\r\nrapid-fire-worker-seen'])(
    'is no Redis: the worker ends as where there was none, at %j',
    async (request) => {
      const { server } = await stage.redis(PASSWORDS.redis);
      const address = await SwitchedAddress.start(server.port);
      address.endAt(request);
      const { host } = new URL(address.url);
      const { code, text } = await stage.refused('worker', {
        REDIS_URL: `redis://:${PASSWORDS.redis}@${host}`,
      });

      expect(code).toBe(69);
      expect(text).toContain(`Redis at ${host} cannot be reached: it was there and is gone again`);
      expect(text).not.toMatch(/^\s+at /m);
      await address.stop();
    },
  );
});
