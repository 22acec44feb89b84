import type { Redis } from 'ioredis';
import { RedisServer, type RedisServerOptions } from '../../../../test/support/redis-server';
import { testClient } from '../testing/client';
import { testSettings } from '../testing/settings';
import { admit } from './admit';

const PASSWORD = 'hunter2-of-admission';

describe('a server', () => {
  it.each<[string, RedisServerOptions, RegExp]>([
    ['one that evicts', { args: ['--maxmemory-policy', 'allkeys-lru'] }, /maxmemory-policy is allkeys-lru/],
    ['a node of a cluster', { cluster: { nodeTimeoutMs: 2_000 } }, /one node of a cluster/],
    ['a replica', { args: ['--replicaof', '127.0.0.1', '1'] }, /a replica/],
  ])('is not used: %s', async (_, options, reason) => {
    await withServer(options, async (server) => {
      const { redis, error } = await tryToEnter(server.url);

      expect(error).toMatchObject({ exitCode: 78, message: expect.stringMatching(reason) as string });
      redis.disconnect();
    });
  });

  it('is used, and nothing but the mark is written', async () => {
    await withServer({}, async (server) => {
      const { redis, error } = await tryToEnter(server.url);

      expect(error).toBeNull();
      expect(await redis.keys('*')).toEqual(['rapid-fire-environment']);
      expect(await redis.hget('rapid-fire-environment', 'environment')).toBe('test');
      redis.disconnect();
    });
  });
});

it('names the command that the user of REDIS_URL may not run', async () => {
  const user = ['--user', 'app', 'on', `>${PASSWORD}`, '~*', '&*', '+@all', '-info'];
  await withServer({ args: user }, async (server) => {
    const { redis, error } = await tryToEnter(`redis://app:${PASSWORD}@127.0.0.1:${server.port}`);

    expect(error).toMatchObject({
      exitCode: 78,
      message: expect.stringContaining(
        'its user may not run INFO (NOPERM). Grant it with ACL SETUSER.',
      ) as string,
    });
    redis.disconnect();
  });
});

describe('a user of Redis', () => {
  const OURS = ['~rapid-fire*', '~last-msg:*', '~bull:*', '&rapid-fire-wake'];
  const MINIMAL = ['resetchannels', ...OURS, '+@all', '-@dangerous', '+info', '+config|get'];

  it.each([
    [
      'without channels',
      ['~*', 'resetchannels', '+@all'],
      /channel rapid-fire-wake: &rapid-fire-wake \(or &\* for all\)/,
    ],
    [
      'without some commands',
      ['~*', '&*', '+@all', '-hset', '-xadd', '-bzpopmin'],
      /may not run BZPOPMIN, HSET, XADD: \+bzpopmin \+hset \+xadd/,
    ],
    ['without scripts by their digest', ['~*', '&*', '+@all', '-evalsha'], /may not run EVALSHA/],
    ['without scripts', ['~*', '&*', '+@all', '-eval'], /may not run EVAL/],
    ['without deleting', ['~*', '&*', '+@all', '-del'], /may not run DEL/],
    ['without listening', ['~*', '&*', '+@all', '-subscribe'], /may not run SUBSCRIBE/],
    ['without transactions', ['~*', '&*', '+@all', '-multi'], /may not run MULTI/],
    [
      'without the queue’s keys',
      ['~rapid-fire*', '~last-msg:*', '&*', '+@all'],
      /keys like bull:\*: ~bull:\*/,
    ],
    [
      'without last messages',
      ['~rapid-fire*', '~bull:*', '&*', '+@all'],
      /keys like last-msg:\*: ~last-msg:\*/,
    ],
    ['with a part of our keys', ['~rapid-fire:*', '~last-msg:*', '~bull:*', '&*', '+@all'], /~rapid-fire-/],
  ])('is refused, and told what is missing: %s', async (_, rights, reason) => {
    await withServer({ args: ['--user', 'app', 'on', `>${PASSWORD}`, ...rights] }, async (server) => {
      const { redis, error } = await tryToEnter(`redis://app:${PASSWORD}@127.0.0.1:${server.port}`);

      expect(error).toMatchObject({ exitCode: 78 });
      expect((error as Error).message).toMatch(reason);
      expect((error as Error).message).not.toContain(PASSWORD);
      redis.disconnect();
    });
  });

  it('is enough with the keys that are documented, and the trial leaves nothing', async () => {
    await withServer({ args: ['--user', 'app', 'on', `>${PASSWORD}`, ...MINIMAL] }, async (server) => {
      const { redis, error } = await tryToEnter(`redis://app:${PASSWORD}@127.0.0.1:${server.port}`);

      expect(error).toBeNull();
      redis.disconnect();
      const onlooker = await testClient(server.url);
      expect(await onlooker.keys('*')).toEqual(['rapid-fire-environment']);
      onlooker.disconnect();
    });
  });
});

describe('a login', () => {
  it.each([
    ['a wrong password', `:wrong-${PASSWORD}@`, '', /user or password \(WRONGPASS\)/],
    ['no password', '', '', /user or password \(NOAUTH\)/],
    ['a database that is not there', `:${PASSWORD}@`, '/99', /no such database/],
  ])('is refused at once and without a secret: %s', async (_, login, db, reason) => {
    await withServer({ args: ['--requirepass', PASSWORD] }, async (server) => {
      const url = `redis://${login}127.0.0.1:${server.port}${db}`;
      const error = await testClient(url).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ exitCode: 78, message: expect.stringMatching(reason) as string });
      expect((error as Error).message).not.toContain(PASSWORD);
    });
  });

  it('waits for a server that is not there yet', async () => {
    await withServer({}, async (server) => {
      await server.kill();
      const connected = testClient(server.url);
      await server.restart();

      const redis = await connected;
      expect(redis.status).toBe('ready');
      redis.disconnect();
    });
  });
});

async function tryToEnter(url: string): Promise<{ redis: Redis; error: unknown }> {
  const redis = await testClient(url);
  try {
    await admit(redis, testSettings({ REDIS_URL: url }));
    return { redis, error: null };
  } catch (error) {
    return { redis, error };
  }
}

async function withServer(
  options: RedisServerOptions,
  use: (server: RedisServer) => Promise<void>,
): Promise<void> {
  const server = await RedisServer.start(options);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}
