import { Injectable } from '@nestjs/common';
import { BatchStore } from '../../store/batch-store';
import type { SentReply } from '../../turns/sent-replies';
import type { ErasedAt } from './erased-at';
import { keysLike, unlink, valuesOf } from './key-scan';
import type { Person } from './person';

/** What is remembered under digests, which only the values show to be about a person. */
@Injectable()
export class ErasedMemories {
  constructor(private readonly store: BatchStore) {}

  /** Forgets the ids of their messages, edits that wait for one, and which replies they were sent; returns how many. */
  async forget(person: Person, erasedAt: ErasedAt): Promise<number> {
    const families: [string, (value: string) => boolean][] = [
      ['rapid-fire-seen:*', (value) => this.isSeenOf(person, erasedAt, value)],
      ['rapid-fire-change:*', (value) => person.isMentioned(value) && this.isKeptBefore(erasedAt, value)],
      ['rapid-fire-sent:*', (value) => person.isIn((JSON.parse(value) as SentReply).conversationId)],
    ];
    let forgotten = 0;
    for (const [pattern, isTheirs] of families)
      for await (const keys of keysLike(this.store, pattern, 'string')) {
        const theirs = (await valuesOf(this.store, keys)).filter(([, value]) => isTheirs(value));
        forgotten += await unlink(
          this.store,
          theirs.map(([key]) => key),
        );
      }
    return forgotten;
  }

  /** `<until> <conversation> [<author>]`; the memory of a message that came after the erasure belongs to that. */
  private isSeenOf(person: Person, erasedAt: ErasedAt, value: string): boolean {
    const [, conversationId = '', author = ''] = value.split(' ');
    const isTheirs = author === '' ? person.isIn(conversationId) : person.ids.has(author);
    return isTheirs && this.isKeptBefore(erasedAt, value, conversationId);
  }

  /** A memory says until when it lasts, which is `DEDUP_TTL` after it was made. */
  private isKeptBefore(erasedAt: ErasedAt, value: string, conversationId = ''): boolean {
    const until = Number(value.split(' ', 1)[0]);
    return erasedAt.isBefore(conversationId, until - this.store.settings.memory.dedupTtlMs);
  }
}
