import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataLock } from './data-lock';
import { freePort } from './free-port';
import { findOrphan } from './orphan';
import { RedisProcess } from './redis-process';
import { RedisRecordFile } from './redis-record';

/** Pauses before a Redis that died is started again: doubled from the first to the last, ms. */
const REVIVAL = { firstPauseMs: 50, lastPauseMs: 2_000 };

export interface EmbeddedRedisOptions {
  /** Where the data are kept, in `redis/`; created if missing. */
  dataDir: string;
  /** Path of a redis-server. */
  binary: string;
  log: (message: string) => void;
}

/**
 * A real redis-server for this process alone. It listens on loopback, writes every change to disk before it answers, is
 * started again if it dies, and is taken over if an earlier process was killed and left it running.
 */
export class EmbeddedRedis {
  private readonly stopping = new AbortController();
  private readonly record: RedisRecordFile;
  private process!: RedisProcess;
  private supervision!: Promise<void>;
  private stopped?: Promise<void>;

  private constructor(
    private readonly options: EmbeddedRedisOptions,
    private readonly directory: string,
    private readonly lock: DataLock,
  ) {
    this.record = new RedisRecordFile(options.dataDir);
  }

  /**
   * Resolves once Redis has loaded its data and answers.
   *
   * @throws BootError if the directory is in use, or Redis cannot be started.
   */
  static async start(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
    const dataDir = resolve(options.dataDir);
    const directory = join(dataDir, 'redis');
    // These are customers' messages: other users of a shared machine must not read them.
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const lock = await DataLock.acquire(dataDir);
    const redis = new EmbeddedRedis({ ...options, dataDir }, await realpath(directory), lock);
    try {
      await redis.begin();
    } catch (error) {
      await lock.release();
      throw error;
    }
    redis.supervision = redis.supervise();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.process.port}`;
  }

  /** Ends Redis with its data on disk, and releases the directory. Safe to call again. */
  stop(): Promise<void> {
    return (this.stopped ??= this.end());
  }

  private async end(): Promise<void> {
    this.stopping.abort();
    await this.process.end();
    await this.supervision;
    await this.record.remove();
    await this.lock.release();
  }

  private async begin(): Promise<void> {
    const record = await this.record.read();
    const orphan = record && (await findOrphan(record, this.directory));
    if (!orphan) return this.run(await freePort());
    this.options.log(
      `Taking over the Redis (process ${orphan.identity.pid}) that a killed process left running`,
    );
    await this.use(orphan);
  }

  private async run(port: number): Promise<void> {
    // Written before the Redis exists, so that a kill at any instant leaves a trace to it.
    await this.record.write({ port });
    const process = await RedisProcess.spawn(this.options.binary, port, this.directory);
    await this.use(process);
  }

  private async use(process: RedisProcess): Promise<void> {
    this.process = process;
    // Stopped while Redis was being started: `stop` knew only its predecessor.
    if (this.stopping.signal.aborted) {
      await process.end();
      this.stopping.signal.throwIfAborted();
    }
    const { identity, port } = process;
    await this.record.write({ port, ...identity });
    const { runId } = await process.loaded(this.options.binary, this.directory);
    await this.record.write({ port, ...identity, runId });
  }

  private async supervise(): Promise<void> {
    for (;;) {
      const how = await this.process.exited;
      if (this.stopping.signal.aborted) return;
      this.options.log(`Redis ended unexpectedly (${how}); starting it again on port ${this.process.port}`);
      await this.revive();
    }
  }

  /** On the same port, so that every client finds it again by itself. */
  private async revive(): Promise<void> {
    for (let pauseMs = REVIVAL.firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, REVIVAL.lastPauseMs)) {
      try {
        await delay(pauseMs, undefined, { signal: this.stopping.signal });
        await this.run(this.process.port);
        this.options.log(`Redis is back on port ${this.process.port}`);
        return;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.options.log((error as Error).message);
      }
    }
  }
}
