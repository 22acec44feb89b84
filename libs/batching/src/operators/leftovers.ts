import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Redis, Cluster } from 'ioredis';
import {
  customerIdOf,
  conversationOf,
  isCompanyId,
  parseConversationId,
  type IncomingMessage,
  type CompanyId,
  type Conversation,
} from '@app/contracts';
import { BatchService } from '../batch.service';
import { StoreUnavailableError } from '../redis/outage';
import { BatchStore } from '../store/batch-store';
import { SetAside } from '../store/set-aside';

/** A message in the predecessor's form. */
interface Leftover {
  message: string;
  companyId: CompanyId | null;
  metadata: Record<string, unknown>;
  timestamp: number | null;
}

// Keys scanned with one command; other commands wait for Redis no longer than that takes.
const SCAN_COUNT = 1_000;

/**
 * What earlier systems have left on this Redis, taken over when a batcher starts: the predecessor's lists, which have a
 * TTL and no state, and conversations of version 0.1.0, whose state was a hash. Otherwise no batcher would look at them.
 */
@Injectable()
export class Leftovers implements OnApplicationBootstrap {
  private readonly logger = new Logger(Leftovers.name);

  constructor(
    private readonly store: BatchStore,
    private readonly setAside: SetAside,
    private readonly batches: BatchService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.adopt();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.logger.warn(
        `What earlier systems left is not looked at: ${error.message}. The next start looks again`,
      );
    }
  }

  /** Returns how many messages of the predecessor were stored, and how many conversations of 0.1.0 taken over. */
  async adopt(): Promise<{ messages: number; conversations: number }> {
    const found = { messages: 0, conversations: 0 };
    const { redis } = this.store;
    // Neither of the two supported a cluster.
    if (redis instanceof Cluster) return found;
    const { keyPrefix } = this.store.settings.redis;
    for await (const key of this.keysLike(redis, `${keyPrefix}rapid-fire-state:*`, 'hash')) {
      await this.setAside.repair(parseConversationId(key.slice(`${keyPrefix}rapid-fire-state:`.length)));
      found.conversations += 1;
    }
    for await (const key of this.keysLike(redis, `${keyPrefix}rapid-fire:*`, 'list')) {
      await this.takeAside(redis, key.slice(`${keyPrefix}rapid-fire:`.length));
    }
    for await (const key of this.keysLike(redis, `${keyPrefix}rapid-fire-predecessor:*`, 'list')) {
      found.messages += await this.appendAll(redis, key.slice(`${keyPrefix}rapid-fire-predecessor:`.length));
    }
    if (found.messages + found.conversations > 0) {
      this.logger.warn('Took over what an earlier system had left', { ...found });
    }
    return found;
  }

  private async *keysLike(redis: Redis, pattern: string, type: string): AsyncGenerator<string> {
    const glob = pattern.replace(/[[\]?\\]/g, '\\$&');
    for (let cursor = '0'; ;) {
      const [next, keys] = await this.store.commands(() =>
        redis.scan(cursor, 'MATCH', glob, 'COUNT', SCAN_COUNT, 'TYPE', type),
      );
      yield* keys;
      if (next === '0') return;
      cursor = next;
    }
  }

  /** Renames a list without a state whose every element is the predecessor's, and removes its TTL. */
  private async takeAside(redis: Redis, name: string): Promise<void> {
    const keys = this.store.partitions.home;
    const [known, elements] = await this.store.commands(() =>
      Promise.all([redis.exists(keys.state(name)), redis.lrange(keys.messages(name), 0, -1)]),
    );
    if (known === 1 || elements.some((element) => leftoverOf(element) === null)) return;
    await this.store.commands(() =>
      redis
        .multi()
        .renamenx(keys.messages(name), keys.predecessor(name))
        .persist(keys.predecessor(name))
        .exec(),
    );
  }

  /** Each under an id made from its place, so that a start that is broken off may do it again. */
  private async appendAll(redis: Redis, name: string): Promise<number> {
    const key = this.store.partitions.home.predecessor(name);
    const elements = await this.store.commands(() => redis.lrange(key, 0, -1));
    let [stored, isForeign] = [0, false];
    for (const [i, element] of elements.entries()) {
      const leftover = leftoverOf(element);
      const conversation = leftover && conversationFor(name, leftover);
      if (!leftover || !conversation) {
        isForeign = true;
        continue;
      }
      const messageId = `predecessor-${digestOf(`${i} ${element}`)}`;
      const { outcome } = await this.batches.append(conversation, messageOf(name, leftover, messageId));
      if (outcome === 'over-cap' || outcome === 'too-large') {
        this.logger.error('A message of the predecessor has no room and stays where it is', { key, outcome });
        return stored;
      }
      stored += 1;
    }
    if (isForeign)
      this.logger.error('A list of the predecessor names no customer: its messages stay where they are', {
        key,
      });
    else await this.store.commands(() => redis.del(key));
    return stored;
  }
}

/** Null for an element that is not the predecessor's. */
function leftoverOf(element: string): Leftover | null {
  try {
    const { message, companyId, metadata, timestamp, ...rest } = JSON.parse(element) as Record<
      string,
      unknown
    >;
    if (typeof message !== 'string' || 'seq' in rest) return null;
    const isCompany =
      (typeof companyId === 'string' || typeof companyId === 'number') && isCompanyId(String(companyId));
    return {
      message,
      companyId: isCompany ? companyId : null,
      metadata:
        typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>) : {},
      timestamp: typeof timestamp === 'number' && Number.isSafeInteger(timestamp) ? timestamp : null,
    };
  } catch {
    return null;
  }
}

/** The predecessor named its lists by the phone alone, as the gateway spelt it. */
function conversationFor(name: string, { companyId }: Leftover): Conversation | null {
  const customer = customerIdOf(name);
  return customer === null ? null : conversationOf(customer, companyId);
}

function messageOf(
  chatId: string,
  { message, metadata, timestamp }: Leftover,
  messageId: string,
): IncomingMessage {
  return {
    messageId,
    type: 'text',
    text: message,
    media: null,
    metadata,
    timestamp,
    source: { gateway: 'generic', account: null, chatId },
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
