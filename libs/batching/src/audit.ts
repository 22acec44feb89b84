import { Injectable } from '@nestjs/common';
import { BatchStore } from './batch-store';
import { parseDirectoryEntry } from './redis/keys';
import { type AuditResult, readStatistics, type Statistics } from './statistics';

const PAGE = 500;

/** Counts what is really there. It walks every open conversation, so it is for now and then, not for every look. */
@Injectable()
export class Audit {
  constructor(private readonly store: BatchStore) {}

  /** Counts, and leaves the result in Redis for whoever shows statistics. */
  async run(): Promise<AuditResult> {
    const before = await readStatistics(this.store);
    const counted = await this.countLists();
    const after = await readStatistics(this.store);
    const tolerance = movedBetween(before, after);
    const ok = Math.abs(counted - after.messages) <= tolerance;
    const result: AuditResult = { at: Date.now(), counted, accounted: after.messages, tolerance, ok };
    await this.store.read((redis, keys) => redis.set(keys.audit, JSON.stringify(result)));
    return result;
  }

  private async countLists(): Promise<number> {
    let counted = 0;
    for (let after = '-'; ;) {
      const entries = await this.store.read((redis, keys) =>
        redis.zrangebylex(keys.directory, after, '+', 'LIMIT', 0, PAGE),
      );
      const last = entries.at(-1);
      if (last === undefined) return counted;
      const lengths = await this.store.read((redis, keys) =>
        Promise.all(entries.map((entry) => redis.llen(keys.messages(parseDirectoryEntry(entry).id)))),
      );
      counted += lengths.reduce((sum, length) => sum + length, 0);
      after = `(${last}`;
    }
  }
}

/** Every message that came or went between two looks, whichever way. */
function movedBetween({ totals: before }: Statistics, { totals: after }: Statistics): number {
  const names = ['accepted', 'delivered', 'cleared', 'revoked', 'merged', 'buried'] as const;
  return names.reduce((sum, name) => sum + Math.abs(after[name] - before[name]), 0);
}
