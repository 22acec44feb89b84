import { Logger } from '@nestjs/common';
import { parseConversationId, type MergedMessage } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { MAX_BACKOFF_MS } from '../store/batch-store';
import type { Fenced } from '../store/scripts/settle';
import { SetAsideError } from '../store/set-aside.error';
import type { Claim, Claims } from './claims';
import type { HandOff, HandOffOutcome } from './hand-off';
import { type HandOffObserver, NO_HAND_OFF_OBSERVER } from './hand-off.metrics';
import { mergedMessage } from './merge';
import type { Succession, Successor } from './succession';

/** The work of one sweep, in batches. */
export interface SweepResult {
  handedOff: number;
  released: number;
  buried: number;
  /** ms until a batcher must look again; null if nothing is pending. */
  nextInMs: number | null;
}

type End = 'handedOff' | 'released' | 'buried' | 'stale';
type Failure = Exclude<HandOffOutcome, { kind: 'queued' }>;

// One call claims this many, so no other call waits longer for Redis than they take together: two or three milliseconds.
const LOT = 50;
// While the jobs of one lot are added, another is claimed, and others are settled or on their way.
const LOTS_AT_ONCE = 4;
// Repeated claims without a failure are no reason to give up, but a batch that kills its owner each time is.
const ATTEMPTS_PER_FAILURE = 10;
const BASE_BACKOFF_MS = 1_000;

/** Options of a sweep. */
export interface SweepOptions {
  /** A clock that never goes back. */
  monotonicMs?: () => number;
  observer?: HandOffObserver;
}

/** One pass over what is due: claim, hand off, settle. It keeps no state, so any number may run anywhere. */
export class Sweep {
  private readonly logger = new Logger('BatchProcessor');
  private readonly monotonicMs: () => number;
  private readonly observer: HandOffObserver;

  constructor(
    private readonly claims: Claims,
    private readonly handOff: HandOff,
    private readonly succession: Succession,
    private readonly settings: BatchingSettings,
    { monotonicMs = () => performance.now(), observer = NO_HAND_OFF_OBSERVER }: SweepOptions = {},
  ) {
    this.monotonicMs = monotonicMs;
    this.observer = observer;
  }

  /**
   * Hands off everything that is due.
   *
   * @param isOver asked between lots; true ends the pass early, after it has finished what it has in hand.
   * @throws StoreUnavailableError if Redis cannot serve; after the leases another pass takes over.
   */
  async run(isOver: () => boolean = () => false): Promise<SweepResult> {
    const result: SweepResult = { handedOff: 0, released: 0, buried: 0, nextInMs: null };
    // Conversations without a claim since the last claim: if only these are due, they wait for the next pass, or this one never ends.
    const fruitless = new Set<string>();
    for (;;) {
      const { now, next, conversations } = await this.claims.due(this.settings.handOff.claimBatches);
      result.nextInMs = next && Math.max(0, next.at - now);
      if (conversations.every((id) => fruitless.has(id)) || isOver()) {
        if (next && next.at - now <= this.settings.sweep.intervalMs)
          this.announce(next.conversation, next.at - now);
        return result;
      }
      this.logger.log(`Found ${conversations.length} pending batches`);
      const claimed = await this.handOffAll(conversations, result, isOver);
      if (claimed > 0) fruitless.clear();
      else for (const id of conversations) fruitless.add(id);
    }
  }

  /** Several lots of different conversations in flight. Returns how many were claimed. */
  private async handOffAll(
    conversations: readonly string[],
    result: SweepResult,
    isOver: () => boolean,
  ): Promise<number> {
    let [from, claimed] = [0, 0];
    const takeLots = async (): Promise<void> => {
      while (from < conversations.length && !isOver()) {
        const lot = conversations.slice(from, (from += LOT));
        const claims = await this.handOffLot(lot, result);
        claimed += claims;
      }
    };
    const takers = await Promise.allSettled(Array.from({ length: LOTS_AT_ONCE }, takeLots));
    for (const taker of takers) if (taker.status === 'rejected') throw taker.reason;
    return claimed;
  }

  private async handOffLot(conversations: readonly string[], result: SweepResult): Promise<number> {
    const claimedAtMs = this.monotonicMs();
    const claims = await this.claims.claimEach(conversations);
    if (claims.length === 0) return 0;
    const successors = await this.succession.of(claims);
    const outcomes = await this.handOff.deliver(
      successors.map((successor) => this.merged(successor)),
      claimedAtMs,
    );
    const tookMs = this.monotonicMs() - claimedAtMs;
    const count = (claim: Claim, end: End): void => {
      if (end === 'stale') return;
      result[end] += 1;
      if (end === 'handedOff') this.observer.handedOff(claim, tookMs);
      if (end === 'buried') this.observer.buried();
    };
    const queued: Successor[] = [];
    const failed: [Successor, Failure][] = [];
    for (const [i, successor] of successors.entries()) {
      const outcome = outcomes[i] as HandOffOutcome;
      if (outcome.kind === 'queued') queued.push(successor);
      else failed.push([successor, outcome]);
    }
    await this.succession.note(queued);
    for (const beginTurns of [true, false]) {
      const lot = queued.filter(({ isBehind }) => isBehind !== beginTurns).map(({ claim }) => claim);
      const ends = await this.settleEach(lot, beginTurns);
      for (const [i, claim] of lot.entries()) count(claim, this.settled(claim, ends[i]));
    }
    for (const [successor, failure] of failed)
      count(successor.claim, await this.endFailed(successor, failure));
    return claims.length;
  }

  /** Only the settle that takes effect may forget: the owner of any other may still have to hand the batch off again. */
  private async settleEach(
    queued: readonly Claim[],
    beginTurns: boolean,
  ): Promise<(Fenced<'settled'> | undefined)[]> {
    if (queued.length === 0) return [];
    const ends = await this.claims.settleEach(queued, beginTurns);
    await this.handOff.forget(queued.filter((_, i) => ends[i] === 'settled').map(({ batchId }) => batchId));
    return ends;
  }

  private announce(conversationId: string, dueInMs: number): void {
    const { customer } = parseConversationId(conversationId);
    this.logger.debug(`Batch for ${customer} approaching timeout`, { conversationId, dueInMs });
  }

  private merged({ claim, follows }: Successor): MergedMessage {
    if (claim.attempt > 1) this.observer.reclaimed();
    const content = mergedMessage(claim.conversation, claim, this.settings.of(claim.conversation.companyId));
    const message = follows === null ? content : { ...content, follows };
    this.logger.log(`Processing batch for ${message.phone ?? claim.conversation.customer}`, {
      conversationId: message.conversationId,
      batchId: message.batchId,
      reason: message.flushReason,
      messagesCount: message.messageCount,
      combinedLength: message.text.length,
      preview: message.text.slice(0, 40),
      attempt: claim.attempt,
    });
    return message;
  }

  private async endFailed(successor: Successor, failure: Failure): Promise<End> {
    try {
      return await this.endOf(successor, failure);
    } catch (error) {
      // The conversation was damaged after its claim; that is logged, and must not end the pass for the others.
      if (error instanceof SetAsideError) return 'stale';
      throw error;
    }
  }

  private endOf(successor: Successor, { kind, error }: Failure): Promise<End> {
    const { claim } = successor;
    this.observer.failed(kind);
    switch (kind) {
      case 'unavailable':
        return this.hasKilledItsOwners(claim)
          ? this.bury(successor, error)
          : this.giveBack(claim, error, false);
      case 'refused':
        return claim.failures + 1 >= this.settings.handOff.maxAttempts
          ? this.bury(successor, error)
          : this.giveBack(claim, error, true);
    }
  }

  private settled({ batchId, conversation }: Claim, end: Fenced<'settled'> | undefined): End {
    if (end !== 'settled') {
      const why =
        end === 'stale' ? 'Another batcher took over this batch' : 'This batch could not be settled';
      this.logger.warn(`${why}; its job is the same job`, { batchId, conversationId: conversation.id });
      return 'stale';
    }
    this.logger.log('Batch processed successfully', { batchId, conversationId: conversation.id });
    return 'handedOff';
  }

  private async giveBack(claim: Claim, error: Error, failed: boolean): Promise<End> {
    const tries = failed ? claim.failures : claim.attempt - 1;
    const delayMs = Math.min(MAX_BACKOFF_MS, BASE_BACKOFF_MS * 2 ** Math.min(tries, 10));
    const { batchId, conversation } = claim;
    this.logger.warn(`Batch could not be handed off, next try in ${delayMs} ms`, {
      batchId,
      conversationId: conversation.id,
      error: error.message,
    });
    return (await this.claims.release(claim, delayMs, failed)) === 'stale' ? 'stale' : 'released';
  }

  private async bury(successor: Successor, error: Error): Promise<End> {
    const { claim, isBehind } = successor;
    const { batchId, conversation } = claim;
    // An earlier try may have added the job and lost the reply: then the batch is done, not dead.
    if (await this.handOff.has(batchId)) {
      await this.succession.note([successor]);
      const [end] = await this.settleEach([claim], !isBehind);
      return this.settled(claim, end);
    }
    this.logger.error('Batch became a dead letter; redrive it when the cause is mended', {
      batchId,
      conversationId: conversation.id,
      error: error.message,
    });
    return (await this.claims.bury(claim, error.message)) === 'stale' ? 'stale' : 'buried';
  }

  private hasKilledItsOwners({ attempt }: Claim): boolean {
    return attempt > this.settings.handOff.maxAttempts * ATTEMPTS_PER_FAILURE;
  }
}
