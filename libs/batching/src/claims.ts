import { randomUUID } from 'node:crypto';
import type { BatchStore } from './batch-store';
import { type Conversation, parseConversationId } from './conversation';
import { bury } from './scripts/bury';
import { claim, type ClaimedBatch } from './scripts/claim';
import { lookAll } from './look-all';
import type { DueReply } from './scripts/due';
import { release } from './scripts/release';
import { type Fenced, settle } from './scripts/settle';
import { ASK_AFTER_MS } from './turns';

/** A claimed batch with the token by which its owner alone may end it. */
export interface Claim extends ClaimedBatch {
  conversation: Conversation;
  token: string;
}

/** The exclusive right to hand off a batch: taken, ended, given back. Every end is fenced by the claim's token. */
export class Claims {
  constructor(private readonly store: BatchStore) {}

  /** What someone must look at now; changes nothing. */
  due(limit: number): Promise<DueReply> {
    return lookAll(this.store, limit, ({ due }) => due);
  }

  /** Claims what is due of a conversation for one lease; null where nothing is, or another owner is at it. */
  async claim(conversationId: string): Promise<Claim | null> {
    const conversation = parseConversationId(conversationId);
    const token = randomUUID();
    const { leaseMs } = this.store.settings.handOff;
    const batch = await this.store.commit(
      claim,
      conversation,
      { paused: this.store.keysOf(conversation).paused },
      { batchId: `b-${randomUUID()}`, token, leaseMs },
    );
    return batch && { ...batch, conversation, token };
  }

  /** The job is on the queue: the batch's messages leave the list, and the history keeps a copy. */
  settle({ conversation, token }: Claim): Promise<Fenced<'settled'>> {
    const { settings } = this.store;
    const { historyMax, historyMaxBytes, historyTtlMs } = settings.memory;
    const { history, historySizes, historyIndex, workerSeen } = this.store.keysOf(conversation);
    return this.store.change(
      settle,
      conversation,
      { history, historySizes, historyIndex, workerSeen },
      {
        token,
        historyMax,
        historyMaxBytes,
        historyTtlMs,
        holdsTurns: settings.turns.hold,
        askAfterMs: ASK_AFTER_MS,
      },
    );
  }

  /** Gives a batch back, to be claimed again after a delay; `failed` where the fault was this batch's alone. */
  release({ conversation, token }: Claim, delayMs: number, failed: boolean): Promise<Fenced<'released'>> {
    return this.store.change(release, conversation, {}, { token, delayMs, failed });
  }

  /** Parks a batch as a dead letter under its own id. The caller has made sure that no job of this id exists. */
  bury({ conversation, token, batchId }: Claim, error: string): Promise<Fenced<'buried'>> {
    const keys = this.store.keysOf(conversation);
    return this.store.change(
      bury,
      conversation,
      {
        deadLetters: keys.deadLetters,
        deadLetter: keys.deadLetter(batchId),
        deadMessages: keys.deadMessages(batchId),
      },
      { token, error },
    );
  }
}
