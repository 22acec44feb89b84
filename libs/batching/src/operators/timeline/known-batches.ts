import { Injectable } from '@nestjs/common';
import { type Conversation, type MergedMessage, parseConversationId } from '@app/contracts';
import { merge } from '../../hand-off/merge';
import { BatchStore } from '../../store/batch-store';
import { type DeadLetter, DeadLetters } from '../dead-letters';
import { FailedDeliveries } from '../failed-deliveries';
import { History } from '../history';
import { type QueueJob, readJob } from './queue-job';

/** A batch as far as anything is kept of it. */
export interface KnownBatch {
  message: MergedMessage;
  /** Null if the queue has no job of it, or no longer. */
  job: QueueJob | null;
  /** It could not be handed off. */
  buried: DeadLetter | null;
}

/** The batches that were found. */
export interface FoundBatches {
  batches: KnownBatch[];
  /** True if there were more places to look than are looked at in one call. */
  isCut: boolean;
}

/** Whose batches, and when. Times are ms since the epoch. */
export interface Wanted {
  customer: string;
  from: number;
  to: number;
}

const PAGE = 100;
// Pages of each list; one of the history scans up to 500 entries.
const MOST_PAGES = 5;
const MOST_BATCHES = 300;

/** Finds what is kept of a customer's batches: in the history, on the queue in any state, among the dead letters. */
@Injectable()
export class KnownBatches {
  constructor(
    private readonly store: BatchStore,
    private readonly history: History,
    private readonly deadLetters: DeadLetters,
    private readonly failed: FailedDeliveries,
  ) {}

  /**
   * @param named batches that something names: notes, or the state of a conversation.
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async of(wanted: Wanted, named: Iterable<string>): Promise<FoundBatches> {
    const isTheirs = ({ conversationId }: { conversationId: string }): boolean =>
      parseConversationId(conversationId).customer === wanted.customer;
    const [history, buried, failed] = await Promise.all([
      this.handedOff(wanted),
      pages((cursor) => this.deadLetters.page(PAGE, cursor)),
      pages((cursor) => this.failed.page(PAGE, cursor)),
    ]);
    const letters = new Map(buried.items.filter(isTheirs).map((letter) => [letter.batchId, letter]));
    const ids = new Set([
      ...named,
      ...history.items.map(({ batchId }) => batchId),
      ...letters.keys(),
      ...failed.items.filter(isTheirs).map(({ batchId }) => batchId),
    ]);
    const kept = new Map(history.items.map((message) => [message.batchId, message]));
    const batches = await this.read(ids, { kept, letters });
    return {
      batches: batches.filter(({ message }) => isTheirs(message)),
      isCut: history.isCut || buried.isCut || failed.isCut || ids.size > MOST_BATCHES,
    };
  }

  /** Reads batches, and those that they name. */
  private async read(
    ids: ReadonlySet<string>,
    from: { kept: Map<string, MergedMessage>; letters: Map<string, DeadLetter> },
  ): Promise<KnownBatch[]> {
    const known = new Map<string, KnownBatch | null>();
    let next = [...ids];
    while (next.length > 0 && known.size < MOST_BATCHES) {
      const lot = next.slice(0, MOST_BATCHES - known.size);
      const found = await Promise.all(lot.map((id) => this.readOne(id, from)));
      for (const [i, id] of lot.entries()) known.set(id, found[i] ?? null);
      const named = found.flatMap((batch) => (batch ? namedBy(batch.message) : []));
      next = [...new Set(named)].filter((id) => !known.has(id));
    }
    return [...known.values()].filter((batch) => batch !== null);
  }

  private async readOne(
    batchId: string,
    { kept, letters }: { kept: Map<string, MergedMessage>; letters: Map<string, DeadLetter> },
  ): Promise<KnownBatch | null> {
    const job = await readJob(this.store, batchId);
    const buried = letters.get(batchId) ?? null;
    const message =
      job?.message ??
      kept.get(batchId) ??
      (buried ? this.messageOf(buried) : await this.history.find(batchId));
    return message && { message, job, buried };
  }

  /** A dead letter as it would have been handed off. */
  private messageOf({ batchId, conversationId, buriedAt, messages }: DeadLetter): MergedMessage {
    const conversation: Conversation = parseConversationId(conversationId);
    const batch = { batchId, reason: 'quiet' as const, flushedAt: buriedAt, messages };
    return merge(conversation, batch, this.store.settings.handOff.separator);
  }

  /** From the newest that may count, whose place is its time. */
  private async handedOff({ customer, from, to }: Wanted): Promise<Pages<MergedMessage>> {
    const first = Number.isFinite(to) ? `${to + 1}-0` : null;
    return pages(
      (cursor) => this.history.page(PAGE, cursor, customer),
      first,
      (cursor) => Number(cursor.split('-')[0]) < from,
    );
  }
}

interface Pages<T> {
  items: T[];
  isCut: boolean;
}

/** The first pages of a list. */
async function pages<T>(
  page: (cursor: string | null) => Promise<{ items: T[]; cursor: string | null }>,
  first: string | null = null,
  isPast: (cursor: string) => boolean = () => false,
): Promise<Pages<T>> {
  const items: T[] = [];
  let cursor = first;
  for (let i = 0; i < MOST_PAGES; i += 1) {
    const next = await page(cursor);
    items.push(...next.items);
    cursor = next.cursor;
    if (cursor === null || isPast(cursor)) return { items, isCut: false };
  }
  return { items, isCut: true };
}

function namedBy({ supersedes = [], follows, replayOf }: MergedMessage): string[] {
  return [...supersedes, follows, replayOf].filter((id) => id !== undefined);
}
