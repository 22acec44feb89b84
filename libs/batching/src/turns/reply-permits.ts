import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jobKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { claimReply } from '../store/scripts/claim-reply';
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
   * @throws StoreUnavailableError if that is not known; a repeated call of the same process gets the lost answer.
   */
  async ask(turn: Turn, reply: string): Promise<ReplyPermit> {
    const { batchId } = turn;
    // Two steps, because turn and job may be in two slots. Between them the turn may end: that equals an end while
    // the reply is being sent, and no other worker is allowed to send it.
    if (!(await this.turns.isHeld(turn))) return 'stale';
    const permission = `${batchId} ${reply}`;
    const asker = this.unheard.get(permission) ?? randomUUID();
    // Removed before the question is asked: of two that ask at once, only one may use it.
    this.unheard.delete(permission);
    try {
      const job = jobKey(this.store.settings, batchId);
      const outcome = await this.store.confirmed(job, () =>
        this.store.runner.run(claimReply, { job }, { reply, asker }),
      );
      return outcome === 'gone' ? 'stale' : outcome;
    } catch (error) {
      this.unheard.set(permission, asker);
      if (this.unheard.size > MOST_UNHEARD) this.unheard.delete(this.unheard.keys().next().value ?? '');
      throw error;
    }
  }
}
