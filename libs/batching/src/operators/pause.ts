import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import { earliest } from '../store/earliest';
import { pause, type PauseReply } from '../store/scripts/pause';

export type { PauseReply } from '../store/scripts/pause';

/** Stops and resumes hand-off on this Redis, for every batcher; messages are taken in all the while. */
@Injectable()
export class Pause {
  constructor(private readonly store: BatchStore) {}

  /** No batch is claimed from now on; those that a batcher has in hand are finished. */
  stop(): Promise<PauseReply> {
    return this.set(true);
  }

  /** What has become due meanwhile is handed off at once. */
  resume(): Promise<PauseReply> {
    return this.set(false);
  }

  /** In every partition; if one does not answer, a repeated call completes it. */
  private async set(stop: boolean): Promise<PauseReply> {
    const { runner, partitions } = this.store;
    const wakeChannel = partitions.home.wake;
    const replies = await Promise.all(
      partitions.all.map(({ paused }) => runner.run(pause, { paused }, { stop, wakeChannel })),
    );
    return {
      changed: replies.some(({ changed }) => changed),
      since: earliest(replies.map(({ since }) => since)),
    };
  }
}
