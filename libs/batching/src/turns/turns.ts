import { randomUUID } from 'node:crypto';
import type { BatchStore } from '../batch-store';
import type { MergedMessage } from '../contracts/merged-message';
import type { Conversation } from '../conversation/conversation';
import { beginTurn } from '../scripts/begin-turn';
import { claimReply, type ClaimReplyOutcome } from '../scripts/claim-reply';
import { countAnswered } from '../scripts/count-answered';
import { endTurn, type EndTurnOutcome } from '../scripts/end-turn';
import { type Judgement, judgeTurn } from '../scripts/judge-turn';

/** A worker's right to let the bot work on a batch, and to send its answer. */
export interface Turn {
  conversation: Conversation;
  batchId: string;
  /** Tells this attempt from every other; empty where turns are not held. */
  token: string;
}

/** How long a turn goes on before the queue is asked about its job; whoever ends it sooner says so himself. */
export const ASK_AFTER_MS = 15_000;

/** The same, for a conversation that waits for a batch of its customer's alias: nobody else tells it of the end. */
export const ASK_ABOUT_ALIAS_AFTER_MS = 1_000;

// As long as a finished job is kept: then nothing can bring the batch to a worker again.
const REPLIES_KEPT_MS = 24 * 3_600_000;
// Those remain whose job does not come back to this process; the oldest go first.
const MOST_UNHEARD = 1_000;

/** One turn of a conversation at a time: from hand-off until the bot has finished with the batch. */
export class Turns {
  /** Who asked for permissions whose answers were lost, by batch and reply. */
  private readonly unheard = new Map<string, string>();

  constructor(private readonly store: BatchStore) {}

  /** From now on, settling a batch begins its turn, here and on every batcher of this Redis that holds turns. */
  async showWorker(): Promise<void> {
    const { all } = this.store.partitions;
    await this.store.read((redis) =>
      Promise.all(all.map(({ workerSeen }) => redis.set(workerSeen, Date.now()))),
    );
  }

  /** Takes a conversation's turn for a batch; `busy` where another batch of it is at the bot, or on its way there. */
  async begin(conversation: Conversation, batchId: string): Promise<Turn | 'busy'> {
    if (!this.store.settings.turns.hold) return { conversation, batchId, token: '' };
    const token = randomUUID();
    const args = { batchId, token, askAfterMs: ASK_AFTER_MS };
    const outcome = await this.store.change(beginTurn, conversation, {}, args);
    return outcome === 'busy' ? outcome : { conversation, batchId, token };
  }

  /** False where another worker has taken the batch over, or the conversation has gone on without it. */
  async isHeld({ conversation, token }: Turn): Promise<boolean> {
    if (token === '') return true;
    const state = this.store.keysOf(conversation).state(conversation.id);
    const present = await this.store.read((redis) => redis.hget(state, 'turnToken'));
    return present === token;
  }

  /**
   * May this reply of the batch be sent now? Each is allowed once, whoever asks, for 24 h.
   *
   * @throws StoreUnavailableError where it is not known; whoever then asks again, here, hears what was meant for it.
   */
  async claimReply({ conversation, batchId, token }: Turn, reply: string): Promise<ClaimReplyOutcome> {
    const keys = this.store.keysOf(conversation);
    const permission = `${batchId} ${reply}`;
    const asker = this.unheard.get(permission) ?? randomUUID();
    // Removed while it is asked: of two who ask at once, only one may use it.
    this.unheard.delete(permission);
    try {
      return await this.store.runner.run(
        claimReply,
        { state: keys.state(conversation.id), replies: keys.replies(batchId) },
        { token, reply, asker, keepMs: REPLIES_KEPT_MS },
      );
    } catch (error) {
      this.unheard.set(permission, asker);
      if (this.unheard.size > MOST_UNHEARD) this.unheard.delete(this.unheard.keys().next().value ?? '');
      throw error;
    }
  }

  /** The delivery of a batch has ended well: its messages are answered, and so is what a replay repeats. */
  async countAnswered(
    { conversation }: Turn,
    { batchId, replayOf = batchId, messageCount }: MergedMessage,
  ): Promise<void> {
    const keys = this.store.keysOf(conversation);
    await this.store.runner.run(
      countAnswered,
      { counters: keys.counters, replies: keys.replies(replayOf) },
      { messages: messageCount, keepMs: REPLIES_KEPT_MS },
    );
  }

  /** The worker is done with the batch, however that went. */
  async end({ conversation, batchId, token }: Turn): Promise<EndTurnOutcome> {
    if (token === '') return 'ended';
    return this.store.change(endTurn, conversation, {}, { batchId, token });
  }

  /** Ends the turn of a batch whoever works on it; its late answer is not sent. */
  endOf(conversation: Conversation, batchId: string): Promise<EndTurnOutcome> {
    return this.store.change(endTurn, conversation, {}, { batchId, token: '' });
  }

  /** The queue still has the job: keeps its turn, or ends it where the bot has worked on it for longer than `TURN_MAX`. */
  judge(
    conversation: Conversation,
    batchId: string,
    isActive: boolean,
    askAfterMs = ASK_AFTER_MS,
  ): Promise<Judgement> {
    const args = { batchId, isActive, askAfterMs, turnMaxMs: this.store.settings.turns.maxMs };
    return this.store.change(judgeTurn, conversation, {}, args);
  }
}
