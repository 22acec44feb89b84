import type { BatchStore } from './batch-store';
import type { FlushReason, MergedMessage } from './contracts/merged-message';
import type { StoredMessage } from './contracts/stored-message';
import { parseConversationId } from './conversation';
import { merge } from './merge';

/** A page of batches handed off, newest first; `cursor` asks for the next, null where there is none. */
export interface HistoryPage {
  items: MergedMessage[];
  cursor: string | null;
}

// Entries looked at for one page, at most; a filter that matches little then answers with a short page and a cursor.
const SCAN_LIMIT = 500;
const READ_AT_ONCE = 25;

/** The batches handed off, as `HISTORY_MAX`, `HISTORY_TTL` and `HISTORY_BYTES` still hold them: the backup. */
export class History {
  constructor(private readonly store: BatchStore) {}

  /** @param customer only this customer's, of every company. */
  async page(limit: number, cursor: string | null, customer: string | null): Promise<HistoryPage> {
    const items: MergedMessage[] = [];
    let before = cursor === null ? '+' : `(${cursor}`;
    for (let scanned = 0; scanned < SCAN_LIMIT; scanned += READ_AT_ONCE) {
      const entries = await this.store.read((redis, keys) =>
        redis.xrevrange(keys.history, before, '-', 'COUNT', READ_AT_ONCE),
      );
      for (const [id, fields] of entries) {
        before = `(${id}`;
        const message = this.decode(fields);
        if (customer !== null && parseConversationId(message.conversationId).customer !== customer) continue;
        items.push(message);
        if (items.length === limit) return { items, cursor: id };
      }
      if (entries.length < READ_AT_ONCE) return { items, cursor: null };
    }
    return { items, cursor: before.slice(1) };
  }

  /** One batch by its id; null where the history does not hold it, or no longer. */
  async find(batchId: string): Promise<MergedMessage | null> {
    const id = await this.store.read((redis, keys) => redis.hget(keys.historyIndex, batchId));
    if (id === null) return null;
    const [entry] = await this.store.read((redis, keys) => redis.xrange(keys.history, id, id));
    return entry ? this.decode(entry[1]) : null;
  }

  private decode(fields: string[]): MergedMessage {
    const field = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
    return merge(
      parseConversationId(field('conversation')),
      {
        batchId: field('batch'),
        reason: field('reason') as FlushReason,
        flushedAt: Number(field('flushedAt')),
        messages: JSON.parse(field('messages')) as StoredMessage[],
      },
      this.store.settings.handOff.separator,
    );
  }
}
