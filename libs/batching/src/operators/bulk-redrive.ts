import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import {
  type Conversation,
  type ForwardedEvent,
  type MergedMessage,
  parseConversationId,
} from '@app/contracts';
import { MERGED_MESSAGES } from '../queue/queue';
import { redisTimeMs } from '../redis/redis-time';
import { BatchStore } from '../store/batch-store';
import { DeadLetters } from './dead-letters';
import { FailedDeliveries } from './failed-deliveries';

export const DEAD_LETTER_STAGES = ['batcher', 'worker'] as const;

export type DeadLetterStage = (typeof DEAD_LETTER_STAGES)[number];

/** Which dead letters are meant; null: any. */
export interface RedriveWish {
  stage: DeadLetterStage | null;
  companyId: string | null;
  /** Those that died at this time or later, ms since the epoch. */
  since: number | null;
  /** Those that died at this time or before; null: until now. A later call with the same value goes on where one has ended. */
  before: number | null;
}

export interface BulkRedriven {
  redriven: number;
  /** Letters that had to wait, because another batch of their conversation is in hand. */
  busy: number;
  /** True if there may be others that were not looked at. */
  more: boolean;
  /** ms since the epoch. */
  before: number;
}

/** One call does so much, and no faster: a bot that has just come back is not met by a day's messages in one second. */
const MOST_REDRIVEN = 1_000;
const MOST_LOOKED_AT = 10_000;
const LOT = 50;
const PAUSE_MS = 500;
/** A call that has died is in the way for so long; one that lives says so with every lot. */
const TURN_MS = 30_000;

/** Where the letters of a stage are listed, by when they died, and how one of them is tried again. */
interface Shelf {
  key: string;
  conversationOf: (batchId: string) => Promise<Conversation | null>;
  redrive: (batchId: string) => Promise<'redriven' | 'busy' | 'unknown'>;
}

type Heard = (conversation: Conversation, batchId: string) => void;

/**
 * Tries dead letters again, the oldest first, one call at a time: two would read the same list, and a letter that dies again
 * while the second works on its part of it would be tried twice.
 */
@Injectable()
export class BulkRedrive {
  constructor(
    private readonly store: BatchStore,
    private readonly deadLetters: DeadLetters,
    private readonly failedDeliveries: FailedDeliveries,
    @InjectQueue(MERGED_MESSAGES) private readonly queue: Queue<MergedMessage | ForwardedEvent>,
  ) {}

  /**
   * At most 1,000 letters, 100 a second. A letter that dies again meanwhile has died after `before`, and is not tried again.
   *
   * @param redriven hears of each.
   * @returns `under-way` if another call does this now.
   * @throws StoreUnavailableError if Redis cannot serve now; what was moved by then is moved.
   */
  async run(wish: RedriveWish, redriven: Heard): Promise<BulkRedriven | 'under-way'> {
    const { redriving } = this.store.partitions.home;
    const token = randomUUID();
    const begun = await this.store.commands((redis) => redis.set(redriving, token, 'PX', TURN_MS, 'NX'));
    if (begun === null) return 'under-way';
    try {
      return await this.inTurn(wish, token, redriven);
    } finally {
      if (await this.hasTurn(token)) await this.store.commands((redis) => redis.del(redriving));
    }
  }

  private async inTurn(wish: RedriveWish, token: string, redriven: Heard): Promise<BulkRedriven> {
    const before = wish.before ?? (await this.store.commands(redisTimeMs));
    const done: BulkRedriven = { redriven: 0, busy: 0, more: false, before };
    let looks = MOST_LOOKED_AT;
    for (const shelf of this.shelvesOf(wish.stage)) {
      // What stays on the shelf is passed by; what is redriven leaves it.
      let passed = 0;
      for (;;) {
        const ids = await this.store.commands((redis) =>
          redis.zrangebyscore(shelf.key, wish.since ?? '-inf', before, 'LIMIT', passed, LOT),
        );
        if (ids.length === 0) break;
        const isEnough = looks <= 0 || done.redriven >= MOST_REDRIVEN;
        if (isEnough || !(await this.hasTurn(token))) return { ...done, more: true };
        looks -= ids.length;
        const outcomes = await redriveEach(shelf, ids, wish.companyId, redriven);
        const moved = outcomes.filter((outcome) => outcome === 'redriven').length;
        done.redriven += moved;
        done.busy += outcomes.filter((outcome) => outcome === 'busy').length;
        passed += ids.length - moved;
        if (moved > 0) await pause(PAUSE_MS);
      }
    }
    return done;
  }

  /** True if this call may go on, for as long as a lot may take. */
  private async hasTurn(token: string): Promise<boolean> {
    const { redriving } = this.store.partitions.home;
    return this.store.commands(async (redis) => {
      if ((await redis.get(redriving)) !== token) return false;
      return (await redis.pexpire(redriving, TURN_MS)) === 1;
    });
  }

  private shelvesOf(stage: DeadLetterStage | null): Shelf[] {
    const batcher = this.store.partitions.all.map(({ deadLetters: key }) => ({
      key,
      conversationOf: (id: string) => this.deadLetters.conversationOf(id),
      redrive: (id: string) => this.deadLetters.redrive(id),
    }));
    const worker = {
      key: this.queue.toKey('failed'),
      conversationOf: async (id: string) => {
        const job = await this.store.commands(() => this.queue.getJob(id));
        // Anybody may have put anything on the queue.
        const { conversationId } = (job?.data ?? {}) as Partial<MergedMessage>;
        return typeof conversationId === 'string' ? parseConversationId(conversationId) : null;
      },
      redrive: (id: string) => this.failedDeliveries.redrive(id),
    };
    return [...(stage === 'worker' ? [] : batcher), ...(stage === 'batcher' ? [] : [worker])];
  }
}

/** Tries one after the other, those of the company only; says what became of each. */
async function redriveEach(
  { conversationOf, redrive }: Shelf,
  ids: readonly string[],
  companyId: string | null,
  heard: Heard,
): Promise<('redriven' | 'busy' | 'unknown')[]> {
  const outcomes: ('redriven' | 'busy' | 'unknown')[] = [];
  for (const batchId of ids) {
    const conversation = await conversationOf(batchId);
    if (companyId !== null && companyOf(conversation) !== companyId) continue;
    const outcome = await redrive(batchId);
    if (outcome === 'redriven' && conversation !== null) heard(conversation, batchId);
    outcomes.push(outcome);
  }
  return outcomes;
}

function companyOf(conversation: Conversation | null): string | null {
  return conversation === null || conversation.companyId === null ? null : String(conversation.companyId);
}
