import type { BatchStore } from './batch-store';
import { parseConversationId } from './conversation';
import { decodeStoredMessage, type StoredMessage } from './contracts/stored-message';
import { discard } from './scripts/discard';
import { redrive, type RedriveOutcome } from './scripts/redrive';

/** A batch that could not be handed off, kept until an operator decides. */
export interface DeadLetter {
  batchId: string;
  conversationId: string;
  error: string;
  /** ms since the epoch. */
  buriedAt: number;
  messages: StoredMessage[];
}

/** A page of dead letters; `cursor` asks for the next, null where there is none. */
export interface DeadLetterPage {
  items: DeadLetter[];
  cursor: string | null;
}

/** The batcher's dead letters: seen, redriven, deleted. */
export class DeadLetters {
  constructor(private readonly store: BatchStore) {}

  /** Newest first; a letter that is redriven or deleted between two pages makes none of the others be missed. */
  async page(limit: number, cursor: string | null): Promise<DeadLetterPage> {
    const start = cursor === null ? 0 : await this.rankAfter(cursor);
    const ids = await this.store.read((redis, keys) =>
      redis.zrevrange(keys.deadLetters, start, start + limit - 1),
    );
    const found = await Promise.all(ids.map((id) => this.read(id)));
    const items = found.filter((letter) => letter !== null);
    const last = items.at(-1);
    return { items, cursor: ids.length === limit && last ? `${last.buriedAt} ${last.batchId}` : null };
  }

  /** One dead letter; null where there is none of this id. */
  async read(batchId: string): Promise<DeadLetter | null> {
    const [letter, messages] = await this.store.read((redis, keys) =>
      Promise.all([redis.hgetall(keys.deadLetter(batchId)), redis.lrange(keys.deadMessages(batchId), 0, -1)]),
    );
    const { conversation, error, buriedAt } = letter;
    if (conversation === undefined) return null;
    return {
      batchId,
      conversationId: conversation,
      error: error ?? '',
      buriedAt: Number(buriedAt),
      messages: messages.map(decodeStoredMessage),
    };
  }

  /** Makes a dead letter due again under its own id. */
  async redrive(batchId: string): Promise<RedriveOutcome> {
    const conversation = await this.store.read((redis, keys) =>
      redis.hget(keys.deadLetter(batchId), 'conversation'),
    );
    if (conversation === null) return 'unknown';
    return this.store.change(redrive, parseConversationId(conversation), this.keysOf(batchId), { batchId });
  }

  /** Deletes a dead letter; its messages count as cleared. Says how many they were, 0 where there was none. */
  discard(batchId: string): Promise<number> {
    const { runner, keys } = this.store;
    return runner.run(discard, { counters: keys.counters, ...this.keysOf(batchId) }, { batchId });
  }

  /** Where the page after a letter begins, also when that letter is gone. */
  private async rankAfter(cursor: string): Promise<number> {
    const [buriedAt = '', batchId = ''] = cursor.split(' ');
    return this.store.read(async (redis, keys) => {
      const rank = await redis.zrevrank(keys.deadLetters, batchId);
      return rank === null ? redis.zcount(keys.deadLetters, `(${buriedAt}`, '+inf') : rank + 1;
    });
  }

  private keysOf(batchId: string): Record<'deadLetters' | 'deadLetter' | 'deadMessages', string> {
    const { keys } = this.store;
    return {
      deadLetters: keys.deadLetters,
      deadLetter: keys.deadLetter(batchId),
      deadMessages: keys.deadMessages(batchId),
    };
  }
}
