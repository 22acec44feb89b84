import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import { openConversations } from '../store/open-conversations';
import { type AuditResult, readStatistics, type Statistics } from './statistics';

/** Counts the messages in the lists. It walks every open conversation, so it must not run at every look. */
@Injectable()
export class Audit {
  constructor(private readonly store: BatchStore) {}

  /** Counts, and leaves the result in Redis for the statistics of every process. */
  async run(): Promise<AuditResult> {
    const before = await readStatistics(this.store);
    const counted = await this.countLists();
    const after = await readStatistics(this.store);
    const tolerance = movedBetween(before, after);
    const ok = Math.abs(counted - after.messages) <= tolerance;
    const result: AuditResult = { at: Date.now(), counted, accounted: after.messages, tolerance, ok };
    await this.store.commands((redis) => redis.set(this.store.partitions.home.audit, JSON.stringify(result)));
    return result;
  }

  private async countLists(): Promise<number> {
    let counted = 0;
    for await (const conversations of openConversations(this.store)) {
      const lengths = await this.store.commands((redis) =>
        Promise.all(conversations.map((one) => redis.llen(this.store.keysOf(one).messages(one.id)))),
      );
      counted += lengths.reduce((sum, length) => sum + length, 0);
    }
    return counted;
  }
}

/** Number of messages that came or went between two looks. */
function movedBetween({ totals: before }: Statistics, { totals: after }: Statistics): number {
  const names = ['accepted', 'delivered', 'cleared', 'revoked', 'merged', 'buried'] as const;
  return names.reduce((sum, name) => sum + Math.abs(after[name] - before[name]), 0);
}
