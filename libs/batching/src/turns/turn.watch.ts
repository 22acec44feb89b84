import { setTimeout as pause } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Queue, QueueEvents } from 'bullmq';
import { isTurnEnded, type MergedMessage, type Conversation, parseConversationId } from '@app/contracts';
import { MERGED_MESSAGES, QUEUE_EVENTS } from '../queue/queue';
import { isRefusal, StoreUnavailableError } from '../redis/outage';
import { BatchStore } from '../store/batch-store';
import { lookAll } from '../store/look-all';
import { ASK_ABOUT_ALIAS_AFTER_MS } from '../window/aliases';
import { type JobState, jobStates } from './job-state';
import { askAfterMs, Turns } from './turns';

const LOOK_EVERY_MS = 1_000;
/** How many turns are asked about at once. */
const LOT = 200;
/** After this many lots the next tick continues; only a watch that makes no progress would reach it. */
const LOTS_PER_TICK = 100;
const LISTEN_AGAIN_MS = 1_000;

/**
 * Ends the turns that our workers do not end: those of jobs that other consumers finished or removed, and of bots that take
 * too long. The queue's events report finished jobs at once. For the rest, and for missed events, each turn has a time at
 * which the queue is asked about its job.
 */
@Injectable()
export class TurnWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(TurnWatch.name);
  private looking: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly store: BatchStore,
    private readonly turns: Turns,
    @Inject(getQueueToken(MERGED_MESSAGES)) private readonly queue: Queue<MergedMessage>,
    @Inject(QUEUE_EVENTS) private readonly events: QueueEvents,
  ) {
    // Without a listener, BullMQ would write its errors to stderr; our own connections report an outage.
    events.on('error', () => undefined);
  }

  onApplicationBootstrap(): void {
    this.store.settings.whenAny(
      ({ turns }) => turns.held,
      () => this.hearJobs(),
    );
  }

  private hearJobs(): void {
    this.events.on('completed', ({ jobId, returnvalue }) => {
      if (!isTurnEnded(returnvalue)) this.hear(jobId).catch(this.later);
    });
    this.events.on('failed', ({ jobId }) => {
      this.hear(jobId).catch(this.later);
    });
    this.listen().catch(this.later);
  }

  /** BullMQ stops reading at the first error that is not the connection's; missed events are asked about. */
  private async listen(): Promise<void> {
    while (!this.stopping) {
      await this.events.run().catch(this.later);
      await pause(LISTEN_AGAIN_MS, undefined, { ref: false });
    }
  }

  @Interval(LOOK_EVERY_MS)
  tick(): void {
    if (this.stopping) return;
    this.looking ??= this.look()
      .catch(this.later)
      .finally(() => (this.looking = null));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.looking;
    // Not awaited: it has nothing in hand, and BullMQ may wait long for a connection of a cluster that is away.
    this.events.close().catch(this.later);
  }

  /** Asks about every turn whose time has come, lot by lot, until none is left. */
  async look(): Promise<void> {
    for (let lots = 0; lots < LOTS_PER_TICK && !this.stopping;) {
      const { conversations } = await lookAll(this.store, LOT, ({ turns }) => turns);
      if (conversations.length === 0) return;
      for (let from = 0; from < conversations.length; from += LOT, lots += 1) {
        await Promise.all(conversations.slice(from, from + LOT).map((id) => this.lookAt(id)));
      }
    }
  }

  private async lookAt(conversationId: string): Promise<void> {
    const conversation = parseConversationId(conversationId);
    const { turn, turnOf = null } = await this.store.stateOf(conversation);
    // The script that finds an entry without a turn removes it from the index.
    if (turn !== undefined) await this.ask(conversation, turn, turnOf);
    else await this.turns.judge(conversation, '', false);
  }

  private async hear(jobId: string): Promise<void> {
    const job = await this.queue.getJob(jobId);
    if (job) await this.ask(parseConversationId(job.data.conversationId), jobId, null);
  }

  /** @param alias whose batch it is, if it is not the conversation's own. */
  private async ask(conversation: Conversation, batchId: string, alias: string | null): Promise<void> {
    const state = await this.stateOf(batchId, alias);
    if (state === 'over') {
      await this.turns.endOf(conversation, batchId);
      return;
    }
    const nextInMs = alias === null ? askAfterMs(this.store.settings) : ASK_ABOUT_ALIAS_AFTER_MS;
    if ((await this.turns.judge(conversation, batchId, state === 'active', nextInMs)) === 'expired') {
      this.logger.warn(
        'The bot has taken longer than TURN_MAX; the conversation goes on without its answer',
        {
          conversationId: conversation.id,
          batchId,
        },
      );
    }
  }

  private async stateOf(batchId: string, alias: string | null): Promise<JobState> {
    // What an alias holds came first: its batch may still be on its way to the queue, or was superseded and comes again in
    // a later one. It is read first, because a job follows its claim.
    const { size = 0, turn } = alias === null ? {} : await this.store.stateOf(parseConversationId(alias));
    const [state = 'over'] = await jobStates(this.store, [batchId]);
    return state === 'over' && (size > 0 || turn !== undefined) ? 'waiting' : state;
  }

  /** A temporary failure is asked about again when its turn's time comes; the first to meet an outage has logged it. */
  private readonly later = (error: unknown): void => {
    if (this.stopping || error instanceof StoreUnavailableError || isRefusal(error)) return;
    this.logger.warn('A turn could not be looked at, it will be again', { error: String(error) });
  };
}
