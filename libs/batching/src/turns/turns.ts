import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type MergedMessage, type Conversation } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { BatchStore } from '../store/batch-store';
import { historyOf } from '../store/history';
import { beginTurn } from '../store/scripts/begin-turn';
import { commitTurn, type CommitTurnReply } from '../store/scripts/commit-turn';
import { countAnswered } from '../store/scripts/count-answered';
import { endTurn, type EndTurnOutcome, NO_RESULT, type TurnResult } from '../store/scripts/end-turn';
import { findSuperseded } from '../store/scripts/find-superseded';
import { holdsTurn } from '../store/scripts/holds-turn';
import { type Judgement, judgeTurn } from '../store/scripts/judge-turn';
import { jobStates } from './job-state';
import { isHomeMuted, isMuted } from './muted';

/** A worker's right to let the bot work on a batch, and to send its answer. */
export interface Turn {
  conversation: Conversation;
  batchId: string;
  /** Tells this attempt from every other; empty if turns are not held. */
  token: string;
}

/** A turn that a worker has begun. */
export interface BegunTurn extends Turn {
  /** True if an operator has muted the bot, or switched it off: it is not called, and the turn is ended. */
  isMuted: boolean;
}

/** What the queue knows of a batch. */
export interface BatchOnQueue {
  batchId: string;
  /** The batch ahead of it, where that was still on the queue when it was added. */
  follows?: string | undefined;
  /** `false` for a draft. */
  final?: boolean | undefined;
}

const ASK_AFTER_MS = 15_000;

/** How long a turn lasts before the queue is asked about its job; a worker that ends it sooner reports that itself. */
export function askAfterMs({ turns }: Pick<BatchingSettings, 'turns'>): number {
  return Math.min(ASK_AFTER_MS, turns.maxMs);
}

// As long as a finished job is kept.
const ANSWERED_KEPT_MS = 24 * 3_600_000;
// Longer than its job is kept, and than two clocks may differ.
const SUPERSEDED_KEPT_MS = 3 * 24 * 3_600_000;

/** One turn of a conversation at a time: from hand-off until the bot has finished with the batch. */
@Injectable()
export class Turns {
  constructor(private readonly store: BatchStore) {}

  /** From now on a settle begins its batch's turn, here and on every batcher of this Redis that holds turns. */
  async showWorker(): Promise<void> {
    const { all } = this.store.partitions;
    await this.store.commands((redis) =>
      Promise.all(all.map(({ workerSeen }) => redis.set(workerSeen, Date.now()))),
    );
  }

  /**
   * Takes a conversation's turn for a batch; `busy` if another batch of it is at the bot, or on its way there. `behind`:
   * the batch before it waits on the queue, and must begin first. `superseded`: a later batch has its messages.
   */
  async begin(
    conversation: Conversation,
    { batchId, follows, final }: BatchOnQueue,
  ): Promise<BegunTurn | 'busy' | 'behind' | 'superseded'> {
    const ahead = follows === undefined ? null : await this.aheadOf(conversation, batchId, follows);
    if (ahead !== null) return ahead;
    const wasDraft = final === false;
    // A turn that was begun is ended, also where its company has stopped holding turns since.
    if (!this.holds(conversation) && !wasDraft && (await this.store.stateOf(conversation)).turn !== batchId)
      return { conversation, batchId, token: '', isMuted: await this.isMuted(conversation) };
    const token = randomUUID();
    const { superseded } = this.store.keysOf(conversation);
    const isOff = this.isOff(conversation);
    const args = { batchId, token, wasDraft, isOff, askAfterMs: askAfterMs(this.store.settings) };
    const outcome = await this.store.change(beginTurn, conversation, { superseded }, args);
    if (outcome === 'superseded') await this.findSuperseded({ conversation, batchId });
    if (outcome !== 'muted' && outcome !== 'begun') return outcome;
    const isSilent = outcome === 'muted' || (await isHomeMuted(this.store, conversation));
    return { conversation, batchId, token, isMuted: isSilent };
  }

  /**
   * Commits the answer to the batch: from then on no message supersedes it. It waits for the end of its window and, also
   * where it was no draft, until the customer has stopped typing.
   *
   * @throws StoreUnavailableError if that is not known; whoever asks again hears `committed`, if it was.
   */
  async commit({ conversation, batchId, token }: Turn): Promise<CommitTurnReply> {
    if (token === '') return { outcome: (await this.isMuted(conversation)) ? 'muted' : 'committed' };
    const reply = await this.commitOf(conversation, batchId, token);
    const isSilent = reply.outcome === 'committed' && (await isHomeMuted(this.store, conversation));
    return isSilent ? { outcome: 'muted' } : reply;
  }

  /** The same, for whoever consumes the queue, and has no token. */
  async commitOf(conversation: Conversation, batchId: string, token = ''): Promise<CommitTurnReply> {
    const keys = this.store.keysOf(conversation);
    const reply = await this.store.change(
      commitTurn,
      conversation,
      { ...historyOf(keys), superseded: keys.superseded },
      { batchId, token, isOff: this.isOff(conversation) },
    );
    if (reply.outcome === 'superseded') await this.findSuperseded({ conversation, batchId });
    return reply;
  }

  /** True if an operator has muted the bot for the conversation, or the one that it is an alias of, or switched it off for the company. */
  async isMuted(conversation: Conversation): Promise<boolean> {
    return this.isOff(conversation) || isMuted(this.store, conversation);
  }

  private isOff({ companyId }: Conversation): boolean {
    return this.store.settings.isBotOff(companyId);
  }

  private async aheadOf(
    conversation: Conversation,
    batchId: string,
    follows: string,
  ): Promise<'busy' | 'behind' | null> {
    const [[ahead = 'over'], { turn }] = await Promise.all([
      jobStates(this.store, [follows]),
      this.store.stateOf(conversation),
    ]);
    // A batch that has begun goes on, even if a dead letter ahead of it has been redriven since.
    if (ahead === 'over' || turn === batchId) return null;
    if (ahead === 'active') return this.holds(conversation) ? 'busy' : null;
    return this.holds(conversation) || ahead === 'untried' ? 'behind' : null;
  }

  /** True if the conversation's batches wait for each other. */
  private holds({ companyId }: Conversation): boolean {
    return this.store.settings.of(companyId).turns.held;
  }

  /** False if another worker has taken the batch over, the conversation has gone on without it, or must now. */
  async isHeld({ conversation, token }: Turn): Promise<boolean> {
    if (token === '') return true;
    const { runner, settings } = this.store;
    const state = this.store.keysOf(conversation).state(conversation.id);
    return runner.run(holdsTurn, { state }, { token, turnMaxMs: settings.turns.maxMs });
  }

  /** True if another worker has begun on the same batch since. */
  async isTakenOver({ conversation, batchId, token }: Turn): Promise<boolean> {
    const { turn, turnToken } = await this.store.stateOf(conversation);
    return turn === batchId && turnToken !== token;
  }

  /** The delivery of a batch has succeeded: its messages are answered, and so is what a replay repeats. */
  async countAnswered(
    { conversation }: Turn,
    { batchId, replayOf = batchId, messageCount }: MergedMessage,
  ): Promise<void> {
    const keys = this.store.keysOf(conversation);
    await this.store.runner.run(
      countAnswered,
      { counters: keys.counters, mark: keys.answered(replayOf) },
      { messages: messageCount, keepMs: ANSWERED_KEPT_MS },
    );
  }

  /**
   * The same as `isSuperseded`, for whoever ends the batch's job then. With `REDIS_MIN_REPLICAS` the replicas know of the
   * superseding before this says so, or a failover would bring the batch back without its job. From here on it need not be
   * remembered for long.
   *
   * @throws StoreUnavailableError if that is not known.
   */
  async findSuperseded(batch: Pick<Turn, 'conversation' | 'batchId'>): Promise<boolean> {
    // Nothing waits for replicas where nothing was superseded.
    if (!(await this.isSuperseded(batch))) return false;
    const { superseded } = this.store.keysOf(batch.conversation);
    const args = { batchId: batch.batchId, keepMs: SUPERSEDED_KEPT_MS };
    return this.store.confirmed(superseded, () =>
      this.store.runner.run(findSuperseded, { superseded }, args),
    );
  }

  /** True if a later batch has the messages of this one: nothing of its answer is sent. */
  async isSuperseded({ conversation, batchId }: Pick<Turn, 'conversation' | 'batchId'>): Promise<boolean> {
    const { superseded } = this.store.keysOf(conversation);
    return (await this.store.commands((redis) => redis.zscore(superseded, batchId))) !== null;
  }

  /** The worker is done with the batch, with whatever result. */
  async end({ conversation, batchId, token }: Turn, result: TurnResult = NO_RESULT): Promise<EndTurnOutcome> {
    if (token === '') return 'ended';
    return this.endWith(conversation, batchId, token, result);
  }

  /** Ends the turn of a batch, whichever worker has it; its late answer is not sent. */
  endOf(conversation: Conversation, batchId: string): Promise<EndTurnOutcome> {
    return this.endWith(conversation, batchId, '', NO_RESULT);
  }

  /** The queue still has the job: keeps its turn, or ends it if the bot has worked on it for longer than `TURN_MAX`. */
  judge(
    conversation: Conversation,
    batchId: string,
    isActive: boolean,
    nextInMs = askAfterMs(this.store.settings),
  ): Promise<Judgement> {
    const { settings } = this.store;
    return this.store.change(judgeTurn, conversation, historyOf(this.store.keysOf(conversation)), {
      batchId,
      isActive,
      askAfterMs: nextInMs,
      turnMaxMs: settings.turns.maxMs,
    });
  }

  private endWith(
    conversation: Conversation,
    batchId: string,
    token: string,
    { isDelivered, hasAnswered }: TurnResult,
  ): Promise<EndTurnOutcome> {
    const keys = this.store.keysOf(conversation);
    const own = { ...historyOf(keys), steered: keys.steered };
    return this.store.change(endTurn, conversation, own, { batchId, token, isDelivered, hasAnswered });
  }
}
