import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { RedisClient } from '../redis/redis-client';
import { SUBSCRIBER } from '../redis/redis.tokens';
import { BatchStore } from '../store/batch-store';

/** A batch at the bot, for as long as its call lasts. */
export interface WatchedBatch {
  /** Aborted when a later batch has its messages. */
  readonly signal: AbortSignal;
  /** Its call is over. */
  end(): void;
}

/**
 * Hears which batches are superseded, so that their calls can be cancelled. Nothing depends on it: an answer that comes
 * all the same cannot be committed.
 */
@Injectable()
export class SupersededBatches implements OnApplicationBootstrap {
  private readonly logger = new Logger(SupersededBatches.name);
  private readonly watched = new Map<string, AbortController>();

  constructor(
    private readonly store: BatchStore,
    @Inject(SUBSCRIBER) private readonly subscriber: RedisClient,
  ) {}

  /** If Redis is away, it subscribes when Redis comes back. */
  onApplicationBootstrap(): void {
    this.store.settings.whenAny(
      ({ turns }) => turns.supersede,
      () => this.listen(),
    );
  }

  private listen(): void {
    const channels = this.store.partitions.all.map(({ superseded }) => superseded);
    this.subscriber.on('message', (_channel, batchId: string) =>
      this.watched.get(batchId)?.abort('superseded'),
    );
    this.subscriber.subscribe(...channels).catch((error: unknown) => {
      this.logger.warn('No call of a superseded batch is cancelled for now', { error: String(error) });
    });
  }

  watch(batchId: string): WatchedBatch {
    const controller = new AbortController();
    this.watched.set(batchId, controller);
    return {
      signal: controller.signal,
      end: () => {
        if (this.watched.get(batchId) === controller) this.watched.delete(batchId);
      },
    };
  }
}
