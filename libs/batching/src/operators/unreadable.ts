import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import { keepUnreadable } from '../store/scripts/keep-unreadable';

/** A body that was not fully understood. It must already be redacted: nothing is removed from it here. */
export interface UnreadableBody {
  /** `bot` for an answer of the bot. */
  gateway: string;
  /** Why, for the entries of the body that were not understood, without repetitions. */
  reasons: string[];
  /** Its received size. */
  bytes: number;
  /** JSON; null if it was not JSON. */
  body: unknown;
}

/** An unreadable body as it was kept. */
export interface KeptUnreadable extends UnreadableBody {
  id: string;
  /** ms since the epoch. */
  receivedAt: number;
  /** True if it was too large to be kept whole: `body` is then the beginning of its JSON as text. */
  isCut: boolean;
}

/** A page, newest first; `cursor` asks for the next, null if there is none. */
export interface UnreadablePage {
  items: KeptUnreadable[];
  cursor: string | null;
}

// A changed format shows in a few bodies; together they stay below 8 MB of Redis, whatever is sent.
const MAX_ENTRIES = 500;
const MAX_BYTES = 16 * 1024;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

/** Gateways' bodies and bots' answers that were not understood, for an operator to look at; the oldest are removed first. */
@Injectable()
export class Unreadable {
  constructor(private readonly store: BatchStore) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async keep({ body, ...about }: UnreadableBody): Promise<void> {
    // A body that is not JSON at all is undefined, and is kept as null.
    const json = Buffer.from(JSON.stringify(body));
    const isCut = json.length > MAX_BYTES;
    const entry = { ...about, isCut, body: isCut ? json.toString('utf8', 0, MAX_BYTES) : body };
    await this.store.runner.run(
      keepUnreadable,
      { unreadable: this.store.partitions.home.unreadable },
      { entry: JSON.stringify(entry), maxEntries: MAX_ENTRIES, maxAgeMs: MAX_AGE_MS },
    );
  }

  /** @param cursor the id of the last body shown. */
  async page(limit: number, cursor: string | null): Promise<UnreadablePage> {
    const before = cursor === null ? '+' : `(${cursor}`;
    const entries = await this.store.commands((redis) =>
      redis.xrevrange(this.store.partitions.home.unreadable, before, '-', 'COUNT', limit),
    );
    const items = entries.map(([id, [, entry = '{}']]) => decode(id, entry));
    return { items, cursor: items.length === limit ? (items.at(-1)?.id ?? null) : null };
  }
}

function decode(id: string, entry: string): KeptUnreadable {
  const kept = JSON.parse(entry) as Omit<KeptUnreadable, 'id' | 'receivedAt'>;
  return { id, receivedAt: Number(id.split('-')[0]), ...kept };
}
