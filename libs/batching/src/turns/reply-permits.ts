import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jobKey, lockKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { claimReply, type ReplyPermission } from '../store/scripts/claim-reply';
import { JobLostError } from './job-lost.error';
import { type Turn, Turns } from './turns';

/** `stale`: another worker has the turn, it is over, or the job is gone. `already`: another worker had the permission. */
export type ReplyPermit = 'send' | 'already' | 'stale';

// Entries remain if their job does not come back to this process; the oldest are dropped first.
const MOST_UNHEARD = 1_000;

/** The permission to send a reply: each is given once, for any worker, for as long as its job exists. */
@Injectable()
export class ReplyPermits {
  /** The owners of permissions whose answers were lost, by batch and reply. */
  private readonly unheard = new Map<string, string>();

  constructor(
    private readonly store: BatchStore,
    private readonly turns: Turns,
  ) {}

  /**
   * May this reply of the batch be sent now?
   *
   * @param holder the lock under which this worker has the batch's job.
   * @throws JobLostError if the queue has given the job to another worker, or is about to.
   * @throws StoreUnavailableError if that is not known; a repeated call of the same process gets the lost answer.
   */
  async ask(turn: Turn, reply: string, holder: string): Promise<ReplyPermit> {
    const { batchId } = turn;
    // Two steps, because turn and job may be in two slots. Between them the turn may end: that equals an end while
    // the reply is being sent, and no other worker is allowed to send it.
    if (!(await this.turns.isHeld(turn))) return 'stale';
    const permission = `${batchId} ${reply}`;
    const asker = this.unheard.get(permission) ?? randomUUID();
    // Removed before the question is asked: of two that ask at once, only one may use it.
    this.unheard.delete(permission);
    const outcome = await this.claim(batchId, { reply, asker, holder }).catch((error: unknown) => {
      this.unheard.set(permission, asker);
      if (this.unheard.size > MOST_UNHEARD) this.unheard.delete(this.unheard.keys().next().value ?? '');
      throw error;
    });
    if (outcome === 'lost') throw new JobLostError();
    return outcome === 'gone' ? 'stale' : outcome;
  }

  private claim(
    batchId: string,
    args: { reply: string; asker: string; holder: string },
  ): Promise<ReplyPermission> {
    const { settings, runner } = this.store;
    const keys = { job: jobKey(settings, batchId), lock: lockKey(settings, batchId) };
    return this.store.confirmed(keys.job, () => runner.run(claimReply, keys, args));
  }
}
