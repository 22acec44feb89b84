import { Cluster, type Redis } from 'ioredis';
import type { BatchingSettings } from '../config/batching.settings';
import { queueOptions } from '../queue/queue';
import type { MissingRights } from '../redis/connection.errors';
import { asOutage, isDenied } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import type { Keys } from '../store/keys';
import type { Partitions } from '../store/partitions';

// Every command that a script of ours or of BullMQ's may contain, as a well-formed call.
const COMMANDS = [
  ...['GET K', 'INCR K', 'INCRBY K 1', 'EXISTS K', 'TYPE K', 'PTTL K', 'PERSIST K', 'RENAME K K', 'UNLINK K'],
  ...['SET K 1', 'SETNX K 1', 'EXPIRE K 60', 'PEXPIRE K 60000', 'PEXPIREAT K 99999999999999', 'TIME', 'PING'],
  ...['HSET K f 1', 'HMSET K f 1', 'HSETNX K f 1', 'HINCRBY K f 1', 'HGET K f', 'HMGET K f', 'HGETALL K'],
  ...['HEXISTS K f', 'HLEN K', 'HDEL K f', 'HSCAN K 0', 'LPUSH K 1', 'RPUSH K 1', 'LLEN K', 'LRANGE K 0 0'],
  ...[
    'LINDEX K 0',
    'LPOS K 1',
    'LSET K 0 1',
    'LREM K 0 1',
    'LTRIM K 0 -1',
    'LPOP K',
    'RPOP K',
    'RPOPLPUSH K K',
  ],
  ...[
    'SADD K 1',
    'SREM K 1',
    'SCARD K',
    'SMEMBERS K',
    'SISMEMBER K 1',
    'SSCAN K 0',
    'ZADD K 1 m',
    'ZREM K m',
  ],
  ...[
    'ZCARD K',
    'ZCOUNT K 0 1',
    'ZSCORE K m',
    'ZREVRANK K m',
    'ZRANGE K 0 0',
    'ZREVRANGE K 0 0',
    'ZPOPMIN K',
    'ZSCAN K 0',
  ],
  ...['ZRANGEBYSCORE K 0 1', 'ZREVRANGEBYSCORE K 1 0', 'ZRANGEBYLEX K - +', 'ZLEXCOUNT K - +'],
  ...['ZREMRANGEBYRANK K 0 0', 'ZREMRANGEBYSCORE K 0 1', 'XADD K * f 1', 'XLEN K', 'XRANGE K - +'],
  ...['XREVRANGE K + -', 'XDEL K 1-1', 'XTRIM K MAXLEN 1', 'XREAD STREAMS K 0'],
];

/**
 * Tries each command on an unused key, and leaves nothing: the script deletes what it wrote. Without
 * the right to delete, no other command is tried. Replies with the commands that failed, and their errors.
 */
const TRY = `
local failed = {}
local function try(call)
  local words = {}
  for word in string.gmatch(call, '%S+') do words[#words + 1] = word == 'K' and KEYS[1] or word end
  local reply = redis.pcall(unpack(words))
  if type(reply) == 'table' and reply.err then failed[#failed + 1] = { words[1], reply.err } end
  return #failed
end
if try('DEL K') > 0 then return failed end
for i = 2, #ARGV do try(ARGV[i]) end
redis.call('DEL', KEYS[1])
-- A time so far ahead that no batcher looks sooner for it.
if ARGV[1] ~= '' then try('PUBLISH ' .. ARGV[1] .. ' 3600000') end
return failed
`;

/** No conversation, batch or job ever has this name. */
const NOBODY = 'rights';

/**
 * Tries what a process will do, as the user of its connection.
 *
 * @throws StoreUnavailableError if the server cannot be asked.
 */
export async function missingRights(
  redis: RedisClient,
  settings: BatchingSettings,
  partitions: Partitions,
): Promise<MissingRights> {
  const trial = new Trial(redis);
  const { prefix, name } = queueOptions(settings, {});
  const { home } = partitions;
  await Promise.all([
    trial.script(home.messages(NOBODY), `${settings.redis.keyPrefix}rapid-fire*`, home.wake),
    ...familiesOf(home).map((key) => trial.script(key, key.replace(NOBODY, '*'))),
    trial.script(`${prefix}:${name}:${NOBODY}`, `${prefix}:*`),
    // Not allowed in a script; the unused key is empty, so the command waits for its shortest time.
    trial.call('BZPOPMIN', () => redis.bzpopmin(`${prefix}:${name}:${NOBODY}`, 0.01), `${prefix}:*`),
    trial.call('SUBSCRIBE', () => subscription(redis, home.wake), '', home.wake),
    ...(isSuperseding(settings) ? supersedingTrials(trial, redis, home) : []),
    trial.call('EVALSHA', () => redis.evalsha('0'.repeat(40), 1, home.messages(NOBODY))),
    ...(redis instanceof Cluster ? [] : [trial.call('MULTI', () => transaction(redis))]),
    ...(redis instanceof Cluster || settings.redis.minReplicas === 0
      ? []
      : [trial.call('WAIT', () => redis.wait(0, 1))]),
  ]);
  return trial.missing;
}

/** True if the environment's batches, or any company's, may be superseded. */
function isSuperseding(settings: BatchingSettings): boolean {
  let is = false;
  settings.whenAny(
    ({ turns }) => turns.supersede,
    () => (is = true),
  );
  return is;
}

/** A superseded batch is named on the channel of its partition's key. */
function supersedingTrials(trial: Trial, redis: RedisClient, home: Keys): Promise<void>[] {
  const { superseded } = home;
  return [
    // A trial deletes its key: never the one that the channel is named after.
    trial.script(home.lastMessage(NOBODY), '', superseded),
    trial.call('SUBSCRIBE', () => subscription(redis, superseded), '', superseded),
  ];
}

/** Marks a denial for the callers; the server's own error is lost on the way. */
class DeniedError extends Error {
  constructor(command: string) {
    super(`NOPERM ${command}`);
  }
}

/** On a separate connection, because a connection that listens can do nothing else. */
async function subscription(redis: RedisClient, channel: string): Promise<void> {
  // It subscribes while it still connects.
  const options = { enableOfflineQueue: true };
  const listener = redis instanceof Cluster ? redis.duplicate([], options) : redis.duplicate(options);
  // A failed connection has nothing to do with rights, and is reported elsewhere.
  listener.on('error', () => undefined);
  try {
    await listener.subscribe(channel).catch((error: unknown) => {
      if (isDenied(error)) throw error;
    });
  } finally {
    listener.disconnect();
  }
}

/** BullMQ's transaction, of several commands. Without the right to begin one, its end fails. */
async function transaction(redis: Redis): Promise<void> {
  await redis
    .multi()
    .ping()
    .exec()
    .catch((error: unknown) => {
      throw /without MULTI/.test(String(error)) ? new DeniedError('MULTI') : error;
    });
}

/** One key of each kind of ours. */
function familiesOf(keys: Keys): string[] {
  return [
    keys.lastMessage(NOBODY),
    keys.state(NOBODY),
    keys.alias(NOBODY),
    keys.seen(NOBODY),
    keys.change(NOBODY),
    keys.deadLetter(NOBODY),
    keys.deadMessages(NOBODY),
    keys.answered(NOBODY),
    keys.attempts(NOBODY),
  ];
}

class Trial {
  private readonly commands = new Set<string>();
  private readonly keys = new Set<string>();
  private readonly channels = new Set<string>();

  constructor(private readonly redis: RedisClient) {}

  get missing(): MissingRights {
    return {
      commands: [...this.commands].sort(),
      keys: [...this.keys].sort(),
      channels: [...this.channels].sort(),
    };
  }

  /** @param pattern of the keys that the key stands for. */
  async script(key: string, pattern: string, channel = ''): Promise<void> {
    await this.call(
      'EVAL',
      async () => {
        const failed = (await this.redis.eval(TRY, 1, key, channel, ...COMMANDS)) as [string, string][];
        for (const [command, text] of failed) this.note(command, text, pattern, channel);
      },
      pattern,
    );
  }

  async call(command: string, run: () => Promise<unknown>, pattern = '', channel = ''): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof DeniedError || isDenied(error))
        this.note(command, (error as Error).message, pattern, channel);
      else if (asOutage(error) !== error) throw asOutage(error);
    }
  }

  /** The wording differs between server versions, but all say whether it is a key or a channel. */
  private note(command: string, text: string, pattern: string, channel: string): void {
    if (!/NOPERM|no permissions|The user executing the script/i.test(text)) return;
    if (/\bchannels?\b/.test(text)) this.channels.add(channel);
    else if (/\bkeys?\b/.test(text)) this.keys.add(pattern);
    else this.commands.add(command);
  }
}
