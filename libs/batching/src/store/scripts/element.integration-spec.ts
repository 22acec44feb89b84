import { Redis } from 'ioredis';
import { RedisServer } from '../../../../../test/support/redis-server';
import { ELEMENT } from './element.fragment';

describe('a stored message', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  const HEAD = '{"seq":7,"receivedAt":1795252395196,"timestamp":1795252395000,';

  it.each([
    ['is stale where its head says so', `${HEAD}"stale":true,"text":"hi"}`, true],
    ['is not where it does not', `${HEAD}"text":"hi"}`, false],
    ['is not where its metadata alone say so', `${HEAD}"text":"hi","metadata":{"stale":true}}`, false],
  ])('%s', async (_, element, expected) => {
    const lua = [...ELEMENT.map((fragment) => fragment.lua), 'return isStale(ARGV[1]) and 1 or 0'].join('\n');
    expect(await redis.eval(lua, 0, element)).toBe(Number(expected));
  });
});
