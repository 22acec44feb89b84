import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import { jobStates } from '../turns/job-state';
import type { Claim } from './claims';

/** A claim, and the batch ahead of it on the queue. */
export interface Successor {
  claim: Claim;
  /** The previous batch of its conversation; null if none is known. */
  follows: string | null;
  /** False if none is ahead of it, so that its turn may begin. */
  isBehind: boolean;
}

// A batch that comes so much later is not taken off the queue in the same instant: the queue's order tells the two apart.
const KNOWN_FOR_S = 24 * 3600;

/**
 * The order of a conversation's batches while no turn keeps all but one of them off the queue: each names the one before
 * it, and a worker does not begin it before that one. Where turns are held, only batches queued before that have a successor.
 */
@Injectable()
export class Succession {
  constructor(private readonly store: BatchStore) {}

  /** The batch that each claim follows. If its first owner died after `note`, that is unknown here, but its job names it. */
  async of(claims: readonly Claim[]): Promise<Successor[]> {
    const latest = await this.store.commands((redis) =>
      Promise.all(claims.map(({ conversation }) => redis.get(this.keyOf(conversation)))),
    );
    const known = latest.filter((batchId) => batchId !== null);
    const states = await jobStates(this.store, known);
    const onQueue = new Set(known.filter((_, i) => states[i] !== 'over'));
    return claims.map((claim, i) => {
      const batchId = latest[i] ?? null;
      const isOwn = batchId === claim.batchId;
      const isBehind = isOwn || (batchId !== null && onQueue.has(batchId));
      return { claim, isBehind, follows: isBehind && !isOwn ? batchId : null };
    });
  }

  /**
   * The jobs are on the queue. Call this before the batches are settled, while no process can claim a conversation's next
   * one. A batch whose settle begins its turn need not be followed: during the turn, nothing of its conversation is claimed.
   */
  async note(queued: readonly Successor[]): Promise<void> {
    await this.store.commands((redis) =>
      Promise.all(
        queued.map(async ({ claim: { conversation, batchId }, isBehind }) => {
          if (!isBehind && (await this.holdsTurns(conversation))) return;
          await redis.set(this.keyOf(conversation), batchId, 'EX', KNOWN_FOR_S);
        }),
      ),
    );
  }

  private async holdsTurns(conversation: Claim['conversation']): Promise<boolean> {
    const { workerSeen } = this.store.keysOf(conversation);
    const { held, supersede } = this.store.settings.of(conversation.companyId).turns;
    return held && (supersede || (await this.store.redis.exists(workerSeen)) === 1);
  }

  private keyOf(conversation: Claim['conversation']): string {
    return this.store.keysOf(conversation).latest(conversation.id);
  }
}
