import { Injectable } from '@nestjs/common';
import {
  type FlushReason,
  type MergedMessage,
  type StoredMessage,
  parseConversationId,
} from '@app/contracts';
import { mergedMessage } from '../hand-off/merge';
import { BatchStore } from '../store/batch-store';
import { fieldsOf } from '../store/entry-fields';
import { newestFirst } from '../store/newest-first';
import { windowFrom } from '../store/scripts/decode-window';

/** A page of batches handed off, newest first; `cursor` asks for the next, null if there is none. */
export interface HistoryPage {
  items: MergedMessage[];
  cursor: string | null;
}

// The most entries read for one page; a filter with few matches then gives a short page and a cursor.
const SCAN_LIMIT = 500;
const READ_AT_ONCE = 25;

/** The batches handed off, within `HISTORY_MAX`, `HISTORY_TTL` and `HISTORY_BYTES`: the backup. */
@Injectable()
export class History {
  constructor(private readonly store: BatchStore) {}

  /** @param customer only this customer's, of every company. */
  async page(limit: number, cursor: string | null, customer: string | null): Promise<HistoryPage> {
    const items: MergedMessage[] = [];
    const entries = newestFirst(this.store, this.streamsOf(customer), READ_AT_ONCE, cursor);
    let scanned = 0;
    let last: string | null = null;
    for await (const { place, fields } of entries) {
      if (items.length === limit || scanned === SCAN_LIMIT) return { items, cursor: last };
      scanned += 1;
      last = place;
      const message = this.decode(fields);
      if (customer === null || parseConversationId(message.conversationId).customer === customer)
        items.push(message);
    }
    return { items, cursor: null };
  }

  /** One batch by its id; null if the history does not hold it, or no longer. */
  async find(batchId: string): Promise<MergedMessage | null> {
    const found = await Promise.all(
      this.store.partitions.all.map(({ history, historyIndex }) => this.read(history, historyIndex, batchId)),
    );
    return found.find((message) => message !== null) ?? null;
  }

  private async read(history: string, index: string, batchId: string): Promise<MergedMessage | null> {
    const id = await this.store.commands((redis) => redis.hget(index, batchId));
    if (id === null) return null;
    const [entry] = await this.store.commands((redis) => redis.xrange(history, id, id));
    return entry ? this.decode(entry[1]) : null;
  }

  private streamsOf(customer: string | null): string[] {
    const partitions = customer === null ? this.store.partitions.all : [this.store.keysOf({ customer })];
    return partitions.map(({ history }) => history);
  }

  private decode(fields: string[]): MergedMessage {
    const field = fieldsOf(fields);
    const conversation = parseConversationId(field('conversation'));
    return mergedMessage(
      conversation,
      {
        batchId: field('batch'),
        reason: field('reason') as FlushReason,
        flushedAt: Number(field('flushedAt')),
        messages: JSON.parse(field('messages')) as StoredMessage[],
        window: windowFrom(field('window')),
      },
      this.store.settings.of(conversation.companyId),
    );
  }
}
