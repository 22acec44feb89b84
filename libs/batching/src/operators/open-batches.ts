import type { BatchStore } from '../store/batch-store';
import { decodeStoredMessage, type StoredMessage } from '@app/contracts';
import type { CompanyId, Conversation } from '@app/contracts';
import { type Keys, parseDirectoryEntry } from '../store/keys';
import { nothingOfThisKind } from '../redis/outage';

/** What a conversation holds, as an operator sees it. Times are ms since the epoch. */
export interface OpenBatchSummary {
  conversation: Conversation;
  /** `claimed`: a batcher is handing a batch off; `held`: one is at the bot. What came since makes the next one. */
  state: 'open' | 'claimed' | 'held';
  /** All its messages; `claim.messages` of them are claimed. */
  size: number;
  firstMessageAt: number | null;
  lastMessageAt: number | null;
  /** When it may be handed off; null while a claim or a turn holds it. */
  dueAt: number | null;
  claim: { batchId: string; messages: number; leaseUntil: number; attempt: number } | null;
  /** The batch that is at the bot, or on its way there. */
  turn: { batchId: string } | null;
}

/** A summary with the messages, claimed first. */
export interface OpenBatch extends OpenBatchSummary {
  messages: StoredMessage[];
}

/** `cursor` asks for the next page, null where there is none. A filter may leave a page short, or empty. */
export interface OpenBatchPage {
  items: OpenBatchSummary[];
  cursor: string | null;
}

// Directory entries looked at for one page, at most; what that takes does not grow with what is pending.
const SCAN_LIMIT = 1_000;
// A conversation at its cap would be a reply of megabytes; its size still tells how many there are.
const MESSAGES_SHOWN = 200;

/** Conversations that hold a message, looked at without changing anything. */
export class OpenBatches {
  constructor(private readonly store: BatchStore) {}

  /** @param cursor of the page before; the order is that of partitions, customers and companies, so nothing is seen twice. */
  async page(limit: number, cursor: string | null, companyId: string | null): Promise<OpenBatchPage> {
    const found: string[] = [];
    let left = companyId === null ? limit : SCAN_LIMIT;
    let last = cursor;
    for (const { directory } of this.partitionsFrom(cursor)) {
      const from = directory === this.directoryOf(cursor) ? `(${cursor ?? ''}` : '-';
      const entries = await this.store.read((redis) =>
        redis.zrangebylex(directory, from, '+', 'LIMIT', 0, left),
      );
      found.push(...entries.filter((entry) => companyId === null || entry.endsWith(` ${companyId}`)));
      left -= entries.length;
      last = entries.at(-1) ?? last;
      if (left === 0 || found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const summaries = await Promise.all(page.map((entry) => this.summary(parseDirectoryEntry(entry))));
    const next = page.length < found.length ? page.at(-1) : left === 0 ? last : null;
    // What was handed off between the two reads is no longer open.
    return { items: summaries.filter((summary) => summary !== null), cursor: next ?? null };
  }

  /** One conversation with its first 200 messages; null where it holds none. */
  async read(conversation: Conversation): Promise<OpenBatch | null> {
    const [summary, elements] = await Promise.all([
      this.summary(conversation),
      this.store.read((redis) =>
        redis.lrange(this.store.keysOf(conversation).messages(conversation.id), 0, MESSAGES_SHOWN - 1),
      ),
    ]);
    return summary && { ...summary, messages: elements.map(decodeStoredMessage) };
  }

  /** The cursor's own partition, which its customer tells, and those behind it. */
  private partitionsFrom(cursor: string | null): readonly Keys[] {
    const { partitions } = this.store;
    return cursor === null
      ? partitions.all
      : partitions.all.slice(partitions.indexOf(parseDirectoryEntry(cursor).customer));
  }

  private directoryOf(cursor: string | null): string | null {
    return cursor === null ? null : this.store.keysOf(parseDirectoryEntry(cursor)).directory;
  }

  /** Started in one turn of the event loop, the reads of a whole page leave in few writes. */
  private async summary(conversation: Conversation): Promise<OpenBatchSummary | null> {
    const { id } = conversation;
    const keys = this.store.keysOf(conversation);
    const [[size, first, lastMessageAt, look], state] = await Promise.all([
      this.store.read((redis) =>
        Promise.all([
          redis.llen(keys.messages(id)).catch(nothingOfThisKind),
          isWholeNumber(conversation.companyId)
            ? redis.lindex(keys.messages(id), 0).catch(nothingOfThisKind)
            : null,
          redis.get(keys.lastMessage(id)),
          redis.zscore(keys.due, id),
        ]),
      ),
      this.store.stateOf(conversation),
    ]);
    if (!size) return null;
    const { opened, batch, count = 0, leaseUntil = 0, attempt = 0, claimOpened, turn } = state;
    return {
      conversation: first === null ? conversation : withCompanyAsGiven(conversation, first),
      state: batch ? 'claimed' : turn ? 'held' : 'open',
      size,
      firstMessageAt: claimOpened ?? opened ?? null,
      lastMessageAt: time(lastMessageAt),
      dueAt: batch || turn ? null : time(look),
      claim: batch ? { batchId: batch, messages: count, leaseUntil, attempt } : null,
      turn: turn ? { batchId: turn } : null,
    };
  }
}

function isWholeNumber(companyId: CompanyId | null): boolean {
  return /^\d+$/.test(String(companyId));
}

/** Keys hold text; whether its owner wrote a number, as the merged message will say, only the messages know. */
function withCompanyAsGiven(conversation: Conversation, element: string): Conversation {
  const { companyId } = decodeStoredMessage(element);
  return companyId === Number(conversation.companyId) ? { ...conversation, companyId } : conversation;
}

function time(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text);
}
