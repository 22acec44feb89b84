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

/** The batcher's dead letters: seen, redriven, deleted. */
export class DeadLetters {
  constructor(private readonly store: BatchStore) {}

  /** The newest dead letters. */
  async list(limit: number): Promise<DeadLetter[]> {
    const ids = await this.store.read((redis, keys) => redis.zrevrange(keys.deadLetters, 0, limit - 1));
    const letters = await Promise.all(ids.map((id) => this.read(id)));
    return letters.filter((letter) => letter !== null);
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

  private keysOf(batchId: string): Record<'deadLetters' | 'deadLetter' | 'deadMessages', string> {
    const { keys } = this.store;
    return {
      deadLetters: keys.deadLetters,
      deadLetter: keys.deadLetter(batchId),
      deadMessages: keys.deadMessages(batchId),
    };
  }
}
