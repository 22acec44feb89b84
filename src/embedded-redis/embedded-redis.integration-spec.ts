import { spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { redisBinary } from '../../test/support/redis-binary';
import { EmbeddedRedis } from './embedded-redis';
import { DataDirectoryInUseError, RedisStartError } from './errors';
import { freePort } from './free-port';
import { identityOf } from './process-identity';
import { RedisProcess } from './redis-process';
import { type RedisRecord, RedisRecordFile } from './redis-record';

describe('EmbeddedRedis', () => {
  const binary = redisBinary();
  let dataDir: string;
  let log: EventEmitter;
  let started: EmbeddedRedis[];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'rapid-fire-embedded-'));
    log = new EventEmitter();
    started = [];
  });

  afterEach(async () => {
    await Promise.all(started.map((redis) => redis.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async (): Promise<EmbeddedRedis> => {
    const redis = await EmbeddedRedis.start({
      dataDir,
      binary,
      log: (line) => log.emit(firstWords(line), line),
    });
    started.push(redis);
    return redis;
  };
  const record = async (): Promise<Required<RedisRecord>> =>
    JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8')) as Required<RedisRecord>;

  it('keeps its data over a stop and a start', async () => {
    const first = await start();
    await on(first.url, (client) => client.set('greeting', 'Привет,'));
    await first.stop();
    const second = await start();
    expect(await on(second.url, (client) => client.get('greeting'))).toBe('Привет,');
  });

  it('is set to lose nothing that was answered', async () => {
    const { url } = await start();
    const settings = ['appendonly', 'appendfsync', 'maxmemory-policy', 'save', 'aof-load-truncated'];
    const values = await on(url, (client) => Promise.all(settings.map((name) => setting(client, name))));
    expect(values).toEqual(['yes', 'always', 'noeviction', '', 'yes']);
  });

  it('comes back on the same port with its data when it is killed', async () => {
    const { url } = await start();
    await on(url, (client) => client.set('greeting', 'Привет,'));
    const back = once(log, 'Redis is back');
    process.kill((await record()).pid, 'SIGKILL');
    await back;
    expect(await on(url, (client) => client.get('greeting'))).toBe('Привет,');
  });

  it('comes back as often as it is killed', async () => {
    const { url } = await start();
    for (let kills = 0; kills < 3; kills++) {
      const back = once(log, 'Redis is back');
      process.kill((await record()).pid, 'SIGKILL');
      await back;
    }
    expect(await on(url, (client) => client.ping())).toBe('PONG');
  });

  it('stops for good while it is being started again', async () => {
    const redis = await start();
    const ended = once(log, 'Redis ended unexpectedly');
    process.kill((await record()).pid, 'SIGKILL');
    await ended;
    await redis.stop();
    expect(await connects('127.0.0.1', Number(new URL(redis.url).port))).toBe(false);
  });

  it('loads an append-only file whose tail was cut off', async () => {
    const first = await start();
    await on(first.url, (client) => client.multi().set('whole', '1').exec());
    await on(first.url, (client) => client.set('cut', '2'));
    await first.stop();
    const file = await appendOnlyFile(dataDir);
    await truncate(file, (await stat(file)).size - 3);
    const second = await start();
    expect(await on(second.url, (client) => client.mget('whole', 'cut'))).toEqual(['1', null]);
  });

  it('listens on loopback only', async () => {
    const { port } = new URL((await start()).url);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    expect(await connects('127.0.0.1', Number(port))).toBe(true);
    for (const { address } of outside) expect(await connects(address, Number(port))).toBe(false);
  });

  describe('after its process was killed', () => {
    /** What a killed process leaves: its Redis alive, the record of it, and a lock without a live holder. */
    const leaveOrphan = async (): Promise<RedisProcess> => {
      const directory = join(dataDir, 'redis');
      await mkdir(directory);
      const orphan = await RedisProcess.spawn(binary, await freePort(), await realpath(directory));
      await orphan.loaded(binary, directory);
      await new RedisRecordFile(dataDir).write({ port: orphan.port, ...orphan.identity });
      await writeFile(join(dataDir, 'main.lock'), JSON.stringify({ pid: deadProcess(), startedAt: '1' }));
      return orphan;
    };

    it('takes over the Redis that was left', async () => {
      const orphan = await leaveOrphan();
      await on(`redis://127.0.0.1:${orphan.port}`, (client) => client.set('greeting', 'Привет,'));
      const { url } = await start();
      expect((await record()).pid).toBe(orphan.identity.pid);
      expect(await on(url, (client) => client.get('greeting'))).toBe('Привет,');
    });

    it('takes it over where only its port was noted', async () => {
      const { port, identity } = await leaveOrphan();
      await new RedisRecordFile(dataDir).write({ port });
      await start();
      expect((await record()).pid).toBe(identity.pid);
    });

    it('starts that one again too when it is killed', async () => {
      const orphan = await leaveOrphan();
      const { url } = await start();
      const back = once(log, 'Redis is back');
      process.kill(orphan.identity.pid, 'SIGKILL');
      await back;
      expect(url).toBe(`redis://127.0.0.1:${orphan.port}`);
      expect(await on(url, (client) => client.ping())).toBe('PONG');
    });

    it('ends that one with itself', async () => {
      const orphan = await leaveOrphan();
      await (await start()).stop();
      expect(await identityOf(orphan.identity.pid)).toBeUndefined();
    });

    it('leaves alone a Redis that has the noted port and other data', async () => {
      const stranger = await RedisProcess.spawn(
        binary,
        await freePort(),
        await mkdtemp(join(dataDir, 'other-')),
      );
      await stranger.loaded(binary, dataDir);
      await new RedisRecordFile(dataDir).write({ port: stranger.port });
      const { url } = await start();
      expect(url).not.toContain(String(stranger.port));
      await stranger.end();
    });
  });

  describe('with another process on the same directory', () => {
    it('refuses to start, and names that process', async () => {
      await start();
      await expect(start()).rejects.toThrow(DataDirectoryInUseError);
      await expect(start()).rejects.toThrow(`in use by the process ${process.pid}`);
    });

    it('starts where the process of that id is a later one', async () => {
      await writeFile(join(dataDir, 'main.lock'), JSON.stringify({ pid: process.ppid, startedAt: '1' }));
      await start();
    });
  });

  it('says what Redis said where it cannot be started, and gives the directory free', async () => {
    const broken = EmbeddedRedis.start({ dataDir, binary: process.execPath, log: () => undefined });
    await expect(broken).rejects.toThrow(RedisStartError);
    await expect(start()).resolves.toBeDefined();
  });
});

function firstWords(line: string): string {
  return /^Redis (is back|ended unexpectedly)/.exec(line)?.[0] ?? line;
}

async function on<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => (times > 1 ? null : 50),
  });
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

async function setting(client: Redis, name: string): Promise<string | undefined> {
  const [, value] = await client.config('GET', name);
  return value;
}

async function connects(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function appendOnlyFile(dataDir: string): Promise<string> {
  const directory = join(dataDir, 'redis', 'appendonlydir');
  const manifest = await readFile(join(directory, 'appendonly.aof.manifest'), 'utf8');
  return join(directory, /file (\S+\.incr\.aof)/.exec(manifest)?.[1] ?? '');
}
