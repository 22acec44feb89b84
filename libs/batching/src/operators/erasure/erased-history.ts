import { Injectable } from '@nestjs/common';
import { BatchStore } from '../../store/batch-store';
import { fieldsOf } from '../../store/entry-fields';
import type { Keys } from '../../store/keys';
import { discard } from '../../store/scripts/discard';
import { forget } from '../../store/scripts/forget';
import type { ErasedAt } from './erased-at';
import type { Person } from './person';

const READ_AT_ONCE = 100;

/** What is kept of a person's batches: the history, and dead letters. */
@Injectable()
export class ErasedHistory {
  constructor(private readonly store: BatchStore) {}

  /** Deletes the batches of a person from the history; returns their ids. */
  async forget(person: Person, erasedAt: ErasedAt): Promise<string[]> {
    const { all } = this.store.partitions;
    const found = await Promise.all(all.map((keys) => this.forgetIn(keys, person, erasedAt)));
    return found.flat();
  }

  /** Deletes the batcher's dead letters of a person; their messages count as erased. Returns the messages of each. */
  async discard(person: Person): Promise<number[]> {
    const found = await Promise.all(this.store.partitions.all.map((keys) => this.discardIn(keys, person)));
    return found.flat();
  }

  private async forgetIn(keys: Keys, person: Person, erasedAt: ErasedAt): Promise<string[]> {
    const { history, historySizes, historyIndex, counters } = keys;
    const forgotten: string[] = [];
    const elements = await this.store.commands((redis) => redis.lrange(historySizes, 0, -1));
    const sizes = new Map(elements.map((element) => [element.split(' ')[0] ?? '', element]));
    for (let from = '-'; ;) {
      const entries = await this.store.commands((redis) =>
        redis.xrange(history, from, '+', 'COUNT', READ_AT_ONCE),
      );
      for (const [entry, fields] of entries) {
        const field = fieldsOf(fields);
        const conversationId = field('conversation');
        if (!person.isIn(conversationId)) continue;
        if (!erasedAt.isBefore(conversationId, Number(field('flushedAt')))) continue;
        const size = sizes.get(entry) ?? '';
        const batchId = field('batch');
        const args = { entry, batchId, size, bytes: Number(size.split(' ')[1] ?? 0) };
        await this.store.runner.run(forget, { history, historySizes, historyIndex, counters }, args);
        forgotten.push(batchId);
      }
      const last = entries.at(-1);
      if (!last || entries.length < READ_AT_ONCE) return forgotten;
      from = `(${last[0]}`;
    }
  }

  private async discardIn(keys: Keys, person: Person): Promise<number[]> {
    const { deadLetters, counters } = keys;
    const discarded: number[] = [];
    for (const batchId of await this.store.commands((redis) => redis.zrange(deadLetters, '0', '-1'))) {
      const deadLetter = keys.deadLetter(batchId);
      const id = await this.store.commands((redis) => redis.hget(deadLetter, 'conversation'));
      if (id === null || !person.isIn(id)) continue;
      const own = { counters, deadLetters, deadLetter, deadMessages: keys.deadMessages(batchId) };
      discarded.push(await this.store.runner.run(discard, own, { batchId, account: 'erased' }));
    }
    return discarded;
  }
}
