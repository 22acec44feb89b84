import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MergedMessage } from '@app/contracts';
import { HandOff } from '../hand-off/hand-off';
import { redisTimeMs } from '../redis/redis-time';
import { BatchStore } from '../store/batch-store';
import { History } from './history';
import { NO_REPLAY_OBSERVER, ReplayMetrics, type ReplayObserver } from './replay.metrics';

/**
 * The result of a replay. `unknown`: the history does not hold the batch. `refused`: the queue takes others but not
 * this one. `unavailable`: the queue gave no answer; a job of `batchId` may or may not exist.
 */
export type ReplayOutcome =
  | { kind: 'replayed'; batchId: string; message: MergedMessage }
  | { kind: 'unknown' }
  | { kind: 'refused' | 'unavailable'; batchId: string; error: Error };

/** Hands a batch from the history off once more, as a new job that names what it repeats. */
@Injectable()
export class Replay {
  constructor(
    private readonly store: BatchStore,
    private readonly history: History,
    private readonly handOff: HandOff,
    @Inject(ReplayMetrics) private readonly observer: ReplayObserver = NO_REPLAY_OBSERVER,
  ) {}

  /** Tries once; the caller decides about another try, because each replay is a new job. A pause does not hold it up. */
  async run(batchId: string): Promise<ReplayOutcome> {
    const outcome = await this.tryOnce(batchId);
    this.observer.ended(outcome.kind);
    return outcome;
  }

  private async tryOnce(batchId: string): Promise<ReplayOutcome> {
    const original = await this.history.find(batchId);
    if (!original) return { kind: 'unknown' };
    const message: MergedMessage = {
      ...original,
      batchId: `b-${randomUUID()}`,
      flushReason: 'replay',
      flushedAt: await this.store.commands(redisTimeMs),
      replayOf: batchId,
    };
    const outcome = await this.handOff.add(message);
    if (outcome.kind !== 'queued') return { ...outcome, batchId: message.batchId };
    return { kind: 'replayed', batchId: message.batchId, message };
  }
}
