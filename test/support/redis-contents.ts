import type { Redis } from 'ioredis';

/** Every key of a Redis with all that it holds, as text: what is packed keeps its texts. */
export async function contentsOf(redis: Redis): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (let cursor = '0'; ;) {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1_000);
    for (const key of keys) contents.set(key, await contentOf(redis, key));
    if (next === '0') return contents;
    cursor = next;
  }
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return (await redis.getBuffer(key))?.toString('utf8') ?? '';
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1', 'WITHSCORES'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    case 'none':
      return '';
    default:
      throw new Error(`${key} has the type ${type}, which nobody reads`);
  }
}
