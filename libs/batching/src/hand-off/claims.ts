import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Conversation, parseConversationId } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { BatchStore } from '../store/batch-store';
import { historyOf } from '../store/history';
import { lookAll } from '../store/look-all';
import { bury } from '../store/scripts/bury';
import { claim, type ClaimedBatch } from '../store/scripts/claim';
import type { DueReply } from '../store/scripts/due';
import { release } from '../store/scripts/release';
import { type Fenced, settle } from '../store/scripts/settle';
import { askAfterMs } from '../turns/turns';

/** A claimed batch with the token that lets only its owner end it. */
export interface Claim extends ClaimedBatch {
  conversation: Conversation;
  token: string;
}

/** What a company's settings say of its batches. */
interface Policy {
  turns: BatchingSettings['turns'];
  makesDrafts: boolean;
}

/** The exclusive right to hand off a batch: taken, ended, given back. Every end is fenced by the claim's token. */
@Injectable()
export class Claims {
  constructor(private readonly store: BatchStore) {}

  /** The conversations that a batcher must look at now; changes nothing. */
  due(limit: number): Promise<DueReply> {
    return lookAll(this.store, limit, ({ due }) => due);
  }

  /** Claims what is due of one conversation for one lease; null if nothing is, or another owner has it. */
  async claim(conversationId: string): Promise<Claim | null> {
    const [claimed] = await this.claimEach([conversationId]);
    return claimed ?? null;
  }

  /** Claims what is due of a lot of conversations for one lease; what would weigh too much waits. */
  async claimEach(conversationIds: readonly string[]): Promise<Claim[]> {
    const { leaseMs } = this.store.settings.handOff;
    const lot = conversationIds.map((id) => ({
      conversation: parseConversationId(id),
      batchId: `b-${randomUUID()}`,
      token: randomUUID(),
    }));
    const claimed = await this.byPolicy(lot, (share, { makesDrafts }) =>
      this.store.changeEach(
        claim,
        share,
        ({ paused }) => ({ paused }),
        ({ batchId, token }) => ({ batchId, token, leaseMs, makesDrafts }),
      ),
    );
    return claimed.flatMap((batch, i) => {
      const { conversation, token } = lot[i] as (typeof lot)[number];
      return batch ? [{ ...batch, conversation, token }] : [];
    });
  }

  /** The job of one claim is on the queue. */
  async settle(claim: Claim): Promise<Fenced<'settled'> | undefined> {
    const [end] = await this.settleEach([claim]);
    return end;
  }

  /**
   * The jobs are on the queue: the batches' messages leave their lists, and the history keeps a copy; a draft's stay until its
   * answer is committed. There is no result for a conversation that is set aside.
   *
   * @param beginsTurns false if the batches have others ahead of them on the queue.
   */
  async settleEach(lot: readonly Claim[], beginsTurns = true): Promise<(Fenced<'settled'> | undefined)[]> {
    return this.byPolicy(lot, (share, { turns }) => {
      const args = {
        holdsTurns: turns.held && beginsTurns,
        needsNoWorker: turns.supersede,
        askAfterMs: askAfterMs(this.store.settings),
      };
      return this.store.changeEach(
        settle,
        share,
        (keys) => ({ ...historyOf(keys), workerSeen: keys.workerSeen }),
        ({ token }) => ({ token, ...args }),
      );
    });
  }

  /** One change for each busy policy among the companies of a lot; the results in the order of the lot. */
  private async byPolicy<O extends { conversation: Conversation }, R>(
    lot: readonly O[],
    change: (share: readonly O[], policy: Policy) => Promise<(R | undefined)[]>,
  ): Promise<(R | undefined)[]> {
    const shares = new Map<string, { policy: Policy; places: number[] }>();
    for (const [place, { conversation }] of lot.entries()) {
      const policy = this.policyOf(conversation);
      const name = `${policy.turns.held} ${policy.turns.supersede} ${policy.makesDrafts}`;
      const share = shares.get(name) ?? { policy, places: [] };
      share.places.push(place);
      shares.set(name, share);
    }
    const results = new Array<R | undefined>(lot.length);
    const take = async ({ policy, places }: { policy: Policy; places: number[] }): Promise<void> => {
      const found = await change(
        places.map((place) => lot[place] as O),
        policy,
      );
      for (const [i, place] of places.entries()) results[place] = found[i];
    };
    await Promise.all([...shares.values()].map(take));
    return results;
  }

  private policyOf({ companyId }: Conversation): Policy {
    const { settings } = this.store;
    const { turns } = settings.of(companyId);
    // A bot that is off answers no draft.
    return { turns, makesDrafts: turns.supersede && !settings.isBotOff(companyId) };
  }

  /** Gives a batch back, to be claimed again after a delay; `failed` if only this batch was at fault. */
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
      { token, cause: error },
    );
  }
}
