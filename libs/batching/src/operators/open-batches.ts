import { Injectable } from '@nestjs/common';
import type { Conversation, FlushReason } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { type Keys, parseDirectoryEntry } from '../store/keys';
import { clear, type ClearReply } from '../store/scripts/clear';
import { flush } from '../store/scripts/flush';
import { type OpenBatchSummary, summaryOf } from '../window/open-batch';

/** `cursor` asks for the next page, null if there is none. A filter may leave a page short, or empty. */
export interface OpenBatchPage {
  items: OpenBatchSummary[];
  cursor: string | null;
}

// The most directory entries read for one page; the cost does not grow with what is pending.
const SCAN_LIMIT = 1_000;

/** Conversations that hold a message: listed, made due, cleared. */
@Injectable()
export class OpenBatches {
  constructor(private readonly store: BatchStore) {}

  /** @param cursor of the previous page; the order is that of partitions, customers and companies, so nothing is shown twice. */
  async page(limit: number, cursor: string | null, companyId: string | null): Promise<OpenBatchPage> {
    const found: string[] = [];
    let left = companyId === null ? limit : SCAN_LIMIT;
    let last = cursor;
    for (const { directory } of this.partitionsFrom(cursor)) {
      const from = directory === this.directoryOf(cursor) ? `(${cursor ?? ''}` : '-';
      const entries = await this.store.commands((redis) =>
        redis.zrangebylex(directory, from, '+', 'LIMIT', 0, left),
      );
      found.push(...entries.filter((entry) => companyId === null || entry.endsWith(` ${companyId}`)));
      left -= entries.length;
      last = entries.at(-1) ?? last;
      if (left === 0 || found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const summaries = await Promise.all(
      page.map((entry) => summaryOf(this.store, parseDirectoryEntry(entry))),
    );
    const next = page.length < found.length ? page.at(-1) : left === 0 ? last : null;
    // A batch that was handed off between the two reads is no longer open.
    return { items: summaries.filter((summary) => summary !== null), cursor: next ?? null };
  }

  /** All open conversations of a customer, of every company. */
  async of(customer: string): Promise<Conversation[]> {
    const { directory } = this.store.keysOf({ customer });
    const entries = await this.store.commands((redis) =>
      // `!` is the character after the space that ends the customer's id.
      redis.zrangebylex(directory, `[${customer} `, `(${customer}!`),
    );
    return entries.map(parseDirectoryEntry);
  }

  /** Makes the unclaimed messages due at once; returns how many they are. */
  flush(conversation: Conversation, reason: FlushReason): Promise<number> {
    return this.store.change(flush, conversation, {}, { reason });
  }

  /** Removes the unclaimed messages and the draft, whose answer is then not sent; returns how many they were. */
  clear(conversation: Conversation): Promise<ClearReply> {
    const { superseded } = this.store.keysOf(conversation);
    return this.store.change(clear, conversation, { superseded }, {});
  }

  /** The cursor's own partition, which its customer determines, and those after it. */
  private partitionsFrom(cursor: string | null): readonly Keys[] {
    const { partitions } = this.store;
    return cursor === null
      ? partitions.all
      : partitions.all.slice(partitions.indexOf(parseDirectoryEntry(cursor).customer));
  }

  private directoryOf(cursor: string | null): string | null {
    return cursor === null ? null : this.store.keysOf(parseDirectoryEntry(cursor)).directory;
  }
}
