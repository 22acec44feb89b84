import { Injectable } from '@nestjs/common';
import type { Conversation, MergedMessage } from '@app/contracts';
import { jobKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { SETTLES_WITHIN_MS } from '../store/scripts/commit-turn';
import { Turns } from './turns';

/**
 * `committed`: the answer may be sent, and no message supersedes the batch any more. `muted`: an operator has muted the bot,
 * nothing is sent, and the batch is done. `superseded`: a later batch has its messages. `busy`: another batch of the conversation is in its turn. `unknown`: the queue has no such job of this
 * conversation. `wait`: not before `waitMs`.
 */
export type ConsumerCommit =
  | { outcome: 'committed' | 'muted' | 'superseded' | 'busy' | 'unknown' }
  | { outcome: 'wait'; waitMs: number };

/** Commits for those who consume the queue themselves: they have no token, and begin no turn. */
@Injectable()
export class ConsumerCommits {
  constructor(
    private readonly store: BatchStore,
    private readonly turns: Turns,
  ) {}

  /**
   * Commits the answer to a batch. A batch whose turn is over counts as committed for as long as the queue keeps its job, 24 h
   * after it has finished: a batch that is neither in hand nor superseded can no longer be superseded.
   *
   * @throws StoreUnavailableError if that is not known; whoever asks again hears `committed`, if it was.
   */
  async commit(conversation: Conversation, batchId: string): Promise<ConsumerCommit> {
    const commit = await this.commitOf(conversation, batchId);
    // Asked last: in a turn the script has asked the conversation itself, and nobody its home; out of turn nobody has.
    const isSilent = commit.outcome === 'committed' && (await this.turns.isMuted(conversation));
    return isSilent ? { outcome: 'muted' } : commit;
  }

  private async commitOf(conversation: Conversation, batchId: string): Promise<ConsumerCommit> {
    const reply = await this.turns.commitOf(conversation, batchId);
    switch (reply.outcome) {
      case 'stale':
        return this.outOfTurn(conversation, batchId);
      case 'wait':
        return reply;
      default:
        return { outcome: reply.outcome };
    }
  }

  private async outOfTurn(conversation: Conversation, batchId: string): Promise<ConsumerCommit> {
    const { batch, turn } = await this.store.stateOf(conversation);
    if (batch === batchId || turn === batchId) return { outcome: 'wait', waitMs: SETTLES_WITHIN_MS };
    // Asked after the state was read: a batch that was settled and superseded since the commit is then known as superseded.
    if (await this.turns.findSuperseded({ conversation, batchId })) return { outcome: 'superseded' };
    if (!(await this.isOnQueue(conversation, batchId))) return { outcome: 'unknown' };
    return { outcome: turn === undefined ? 'committed' : 'busy' };
  }

  private async isOnQueue({ id }: Conversation, batchId: string): Promise<boolean> {
    const job = jobKey(this.store.settings, batchId);
    const data = await this.store.commands((redis) => redis.hget(job, 'data'));
    return data !== null && (JSON.parse(data) as MergedMessage).conversationId === id;
  }
}
