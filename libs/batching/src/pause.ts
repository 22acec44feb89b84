import type { BatchStore } from './batch-store';
import { pause, type PauseReply } from './scripts/pause';

export type { PauseReply } from './scripts/pause';

/** Stops and resumes hand-off on this Redis, for every batcher; messages are taken in all the while. */
export class Pause {
  constructor(private readonly store: BatchStore) {}

  /** No batch is claimed from now on; those in the hands of a batcher are finished. */
  stop(): Promise<PauseReply> {
    return this.set(true);
  }

  /** What has become due meanwhile is handed off at once. */
  resume(): Promise<PauseReply> {
    return this.set(false);
  }

  private set(stop: boolean): Promise<PauseReply> {
    const { runner, keys } = this.store;
    return runner.run(pause, { paused: keys.paused }, { stop, wakeChannel: keys.wake });
  }
}
