import { type BackendFactory, createRedisBackend, RedisQueueBackend } from 'bullmq';
import type { RedisClock } from './redis-clock';

/** Where the arguments of BullMQ's scripts contain the time: when a retry is due, and which are due. */
const TIME_AT: Record<string, number | undefined> = {
  moveToActive: 12,
  moveToDelayed: 12,
  moveToFinished: 15,
};
/** Where their answer contains the time at which the worker must look again. */
const LOOK_AGAIN_AT = 3;

/**
 * BullMQ's storage of a consumer, by Redis's clock. BullMQ delays a retry by one host's clock and looks for
 * due jobs by another's: if a host's clock is wrong, or is set, retries come at once or not at all.
 */
class RedisTimeBackend extends RedisQueueBackend {
  // Only declared: an object that BullMQ has made becomes one of these, and no constructor runs a second time.
  declare clock: RedisClock;

  override execCommand(...[redis, command, args]: Parameters<RedisQueueBackend['execCommand']>): unknown {
    const at = TIME_AT[command];
    if (at === undefined) return super.execCommand(redis, command, args);
    return this.clock
      .now()
      .then((now) => super.execCommand(redis, command, args.with(at, now)) as Promise<unknown>);
  }

  override async moveToActive(...call: Parameters<RedisQueueBackend['moveToActive']>): Promise<unknown[]> {
    return this.answered(await super.moveToActive(...call));
  }

  override async moveToFinished(
    ...call: Parameters<RedisQueueBackend['moveToFinished']>
  ): Promise<unknown[]> {
    return this.answered(await super.moveToFinished(...call));
  }

  override async waitForJob(blockTimeout: number): Promise<{ member: string; score: number } | null> {
    const marker = await super.waitForJob(blockTimeout);
    return marker && { ...marker, score: this.onHost(marker.score) };
  }

  private answered(answer: unknown[]): unknown[] {
    const lookAgain = answer[LOOK_AGAIN_AT];
    return lookAgain === undefined ? answer : answer.with(LOOK_AGAIN_AT, this.onHost(Number(lookAgain)));
  }

  /** A time of Redis's as the worker compares it with its host's; 0 stands for none. */
  private onHost(ms: number): number {
    return ms > 0 ? ms - this.clock.hostBehindMs : ms;
  }
}

/** Makes the storage of a consumer that goes by this clock. */
export function redisTimeBackend(clock: RedisClock): BackendFactory<RedisQueueBackend> {
  return (...args) => {
    const backend = createRedisBackend(...args);
    return Object.assign(Object.setPrototypeOf(backend, RedisTimeBackend.prototype) as RedisTimeBackend, {
      clock,
    });
  };
}
