import { Injectable } from '@nestjs/common';
import {
  type Conversation,
  parseConversationId,
  decodeStoredMessage,
  type StoredMessage,
} from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';
import { discard } from '../store/scripts/discard';
import { redrive, type RedriveOutcome } from '../store/scripts/redrive';

/** A batch that could not be handed off, kept until an operator decides. */
export interface DeadLetter {
  batchId: string;
  conversationId: string;
  error: string;
  /** ms since the epoch. */
  buriedAt: number;
  messages: StoredMessage[];
}

/** A page of dead letters; `cursor` asks for the next, null if there is none. */
export interface DeadLetterPage {
  items: DeadLetter[];
  cursor: string | null;
}

/** The batcher's dead letters: listed, redriven, deleted. */
@Injectable()
export class DeadLetters {
  constructor(private readonly store: BatchStore) {}

  /** Newest first; if a letter is redriven or deleted between two pages, none of the others is missed. */
  async page(limit: number, cursor: string | null): Promise<DeadLetterPage> {
    const found = await Promise.all(
      this.store.partitions.all.map((keys) => this.buried(keys, limit, cursor)),
    );
    const newest = found.flat().sort(newestFirst).slice(0, limit);
    const letters = await Promise.all(newest.map(({ keys, batchId }) => this.readFrom(keys, batchId)));
    const items = letters.filter((letter) => letter !== null);
    const last = newest.length === limit ? newest.at(-1) : undefined;
    return { items, cursor: last ? `${last.buriedAt} ${last.batchId}` : null };
  }

  /** One dead letter; null if there is none with this id. */
  async read(batchId: string): Promise<DeadLetter | null> {
    const found = await Promise.all(this.store.partitions.all.map((keys) => this.readFrom(keys, batchId)));
    return found.find((letter) => letter !== null) ?? null;
  }

  /** Makes a dead letter due again under its own id. */
  async redrive(batchId: string): Promise<RedriveOutcome> {
    const conversation = await this.conversationOf(batchId);
    if (conversation === null) return 'unknown';
    const keys = keysOf(this.store.keysOf(conversation), batchId);
    return this.store.change(redrive, conversation, keys, { batchId });
  }

  /** Deletes a dead letter; its messages count as cleared. Returns how many they were, 0 if there was none. */
  async discard(batchId: string): Promise<number> {
    const conversation = await this.conversationOf(batchId);
    if (conversation === null) return 0;
    const keys = this.store.keysOf(conversation);
    return this.store.runner.run(
      discard,
      { counters: keys.counters, ...keysOf(keys, batchId) },
      {
        batchId,
        account: 'cleared',
      },
    );
  }

  /** Whose letter it is; null if there is none with this id. */
  async conversationOf(batchId: string): Promise<Conversation | null> {
    const found = await this.store.commands((redis) =>
      Promise.all(
        this.store.partitions.all.map((keys) => redis.hget(keys.deadLetter(batchId), 'conversation')),
      ),
    );
    const id = found.find((conversation) => conversation !== null);
    return id ? parseConversationId(id) : null;
  }

  private async readFrom(keys: Keys, batchId: string): Promise<DeadLetter | null> {
    const [letter, messages] = await this.store.commands((redis) =>
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

  /** The newest of one partition after a letter, even if that letter is gone. */
  private async buried(keys: Keys, limit: number, cursor: string | null): Promise<Buried[]> {
    const [time = '+inf', last = null] = cursor?.split(' ') ?? [];
    const flat = await this.store.commands(async (redis) => {
      // Letters of the same millisecond may have been shown: they are read, and left out below.
      const same = cursor === null ? 0 : await redis.zcount(keys.deadLetters, time, time);
      return redis.zrevrangebyscore(keys.deadLetters, time, '-inf', 'WITHSCORES', 'LIMIT', 0, limit + same);
    });
    const found = flat.flatMap((batchId, i) =>
      i % 2 === 0 ? [{ keys, batchId, buriedAt: Number(flat[i + 1]) }] : [],
    );
    return found.filter(
      ({ batchId, buriedAt }) => last === null || buriedAt < Number(time) || batchId < last,
    );
  }
}

interface Buried {
  keys: Keys;
  batchId: string;
  /** ms since the epoch. */
  buriedAt: number;
}

/** In Redis's order: letters of one time by their ids. */
function newestFirst(a: Buried, b: Buried): number {
  return b.buriedAt - a.buriedAt || (a.batchId < b.batchId ? 1 : -1);
}

function keysOf(keys: Keys, batchId: string): Record<'deadLetters' | 'deadLetter' | 'deadMessages', string> {
  return {
    deadLetters: keys.deadLetters,
    deadLetter: keys.deadLetter(batchId),
    deadMessages: keys.deadMessages(batchId),
  };
}
