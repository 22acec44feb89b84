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
  /** Where the data live, in `redis/`; made where it is missing. */
  dataDir: string;
  /** Path of a redis-server. */
  binary: string;
  log: (message: string) => void;
}

/**
 * A real redis-server for this process alone: on loopback, every write on disk before it is answered, started again
 * where it dies, taken over where an earlier process was killed and left it.
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
   * @throws BootError where the directory is in use, or Redis cannot be started.
   */
  static async start(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
    const dataDir = resolve(options.dataDir);
    const directory = join(dataDir, 'redis');
    // Messages of customers: nobody else's business on a shared machine.
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

  /** Ends Redis, its data on disk, and gives the directory free. Safe to call again. */
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
    // Noted before there is anything to note, so that a kill at any instant leaves a trace to it.
    await this.record.write({ port });
    const process = await RedisProcess.spawn(this.options.binary, port, this.directory);
    await this.use(process);
  }

  private async use(process: RedisProcess): Promise<void> {
    this.process = process;
    // Told to stop while it was being started: `stop` knew only its predecessor.
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
