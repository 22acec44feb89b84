import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';

/** What an operator did, or tried to do. It must hold no phone: nothing is masked here, and no erasure looks at it. */
export interface Act {
  /** The name of the operator's key. */
  who: string;
  /** The call, such as `POST /admin/conversations/:phone/mute`. */
  what: string;
  /** On what: the parameters of the call, by name. */
  on: Record<string, string>;
  /** HTTP's status. */
  status: number;
  /** What it answered, or why it did nothing; null if that says no more than the status. */
  result: unknown;
}

/** An act as it was kept. */
export interface AuditedAct extends Act {
  id: string;
  /** ms since the epoch, by Redis's clock. */
  at: number;
  /** The same, ISO 8601. */
  time: string;
}

/** A page, newest first; `cursor` asks for the next, null if there is none. */
export interface AuditPage {
  items: AuditedAct[];
  cursor: string | null;
}

// A year of a hundred acts a day would be 36,500 entries; one has a few hundred bytes.
const MAX_ENTRIES = 50_000;
const MAX_AGE_MS = 365 * 24 * 3_600_000;

/** What operators did, for whoever asks later; the oldest are removed first. */
@Injectable()
export class AuditLog {
  constructor(private readonly store: BatchStore) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async keep(act: Act): Promise<void> {
    const { auditLog } = this.store.partitions.home;
    await this.store.commands(async (redis) => {
      const entry = JSON.stringify(act);
      const id = (await redis.xadd(auditLog, 'MAXLEN', MAX_ENTRIES, '*', 'entry', entry)) as string;
      await redis.xtrim(auditLog, 'MINID', Number(id.split('-')[0]) - MAX_AGE_MS);
    });
  }

  /** @param cursor the id of the last act shown. */
  async page(limit: number, cursor: string | null): Promise<AuditPage> {
    const before = cursor === null ? '+' : `(${cursor}`;
    const entries = await this.store.commands((redis) =>
      redis.xrevrange(this.store.partitions.home.auditLog, before, '-', 'COUNT', limit),
    );
    const items = entries.map(([id, [, entry = '{}']]) => decode(id, entry));
    return { items, cursor: items.length === limit ? (items.at(-1)?.id ?? null) : null };
  }
}

function decode(id: string, entry: string): AuditedAct {
  const at = Number(id.split('-')[0]);
  return { id, at, time: new Date(at).toISOString(), ...(JSON.parse(entry) as Act) };
}
