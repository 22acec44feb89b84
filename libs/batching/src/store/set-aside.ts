import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Conversation } from '@app/contracts';
import { nothingOfThisKind, StoreUnavailableError } from '../redis/outage';
import { BatchStore } from './batch-store';
import { isDraft, rebuild, type Remains } from './rebuild';
import { decodeState } from './scripts/decode-state';
import { repair, type RepairReply } from './scripts/repair';

/** A damaged conversation. It stays unchanged until it is repaired; nothing of it is removed. */
export interface SetAsideConversation {
  conversationId: string;
  /** ms since the epoch. */
  since: number;
  reason: string;
}

/** What is left of one, and the mark by which a later change shows. */
interface Found {
  fingerprint: string;
  remains: Remains;
  isList: boolean;
}

/** The result of a repair. */
export interface Repaired {
  /** Messages that it holds now. */
  messages: number;
  /** Of them, those that a batcher had claimed: their job may exist, and is not made a second time. */
  claimed: number;
  /** Entries that are not messages; they are kept under `rapid-fire-damaged:<conversation>` for a week. */
  unreadable: number;
}

// An operator looks within days, as for bodies that were not understood.
const KEEP_S = 7 * 24 * 3_600;
// No verb of ours damages a conversation, so only outside changes limit their number.
const SHOWN = 1_000;
// Each further try means that another process has changed it meanwhile.
const TRIES = 20;

/** Conversations set aside: listed and repaired. */
@Injectable()
export class SetAside {
  constructor(private readonly store: BatchStore) {}

  /** About a thousand of them from each partition. */
  async some(): Promise<SetAsideConversation[]> {
    const { partitions } = this.store;
    const scans = await this.store.commands((redis) =>
      Promise.all(partitions.all.map(({ setAside }) => redis.hscan(setAside, 0, 'COUNT', SHOWN))),
    );
    return scans.flatMap(([, flat]) =>
      flat.flatMap((id, i) => (i % 2 === 0 ? [shown(id, flat[i + 1] ?? '')] : [])),
    );
  }

  /** True where a conversation is one of them. */
  async has(conversation: Conversation): Promise<boolean> {
    const { setAside } = this.store.keysOf(conversation);
    return (await this.store.commands((redis) => redis.hexists(setAside, conversation.id))) === 1;
  }

  /** The ids of all of them. */
  async ids(): Promise<string[]> {
    const { all } = this.store.partitions;
    const ids = await this.store.commands((redis) =>
      Promise.all(all.map(({ setAside }) => redis.hkeys(setAside))),
    );
    return ids.flat();
  }

  /** How many there are. */
  async count(): Promise<number> {
    const { partitions } = this.store;
    const counts = await this.store.commands((redis) =>
      Promise.all(partitions.all.map(({ setAside }) => redis.hlen(setAside))),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Repairs a conversation from what is left of it: every readable message is pending, in its claim
   * or due now. If its state cannot be read, it is not known which were claimed: those may be handed off twice.
   */
  async repair(conversation: Conversation): Promise<Repaired> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await this.look(conversation);
      const { elements, state, claimed, unreadable } = rebuild(found.remains);
      const isWhole = found.isList && unreadable === 0;
      const anew = { rebuilt: state, rebuiltMessages: elements, isWhole, erases: false };
      const reply = await this.write(conversation, found, anew);
      if (reply === 'repaired') return { messages: elements.length, claimed, unreadable };
    }
    throw new StoreUnavailableError(`A conversation has changed ${TRIES} times while it was to be repaired`);
  }

  /** Deletes what is left of a conversation; returns how many messages it was said to hold, which count as erased. */
  async erase(conversation: Conversation): Promise<number> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await this.look(conversation);
      const nothing = { rebuilt: {}, rebuiltMessages: [], isWhole: true, erases: true };
      const reply = await this.write(conversation, found, nothing);
      if (reply === 'repaired') return accountedOf(found.remains);
    }
    throw new StoreUnavailableError(`A conversation has changed ${TRIES} times while it was to be erased`);
  }

  private write(
    conversation: Conversation,
    { fingerprint, remains }: Found,
    anew: { rebuilt: object; rebuiltMessages: string[]; isWhole: boolean; erases: boolean },
  ): Promise<RepairReply> {
    const accounted = accountedOf(remains);
    const hadClaim = typeof remains.state.batch === 'string' && !isDraft(remains.state);
    const own = { fingerprint, accounted, hadClaim, keepS: KEEP_S };
    const keys = { damaged: this.store.keysOf(conversation).damaged(conversation.id) };
    return this.store.change(repair, conversation, keys, Object.assign(own, anew));
  }

  /** The fingerprint is taken first: a later change makes the repair look again. */
  private async look(conversation: Conversation): Promise<Found> {
    const keys = this.store.keysOf(conversation);
    const [messages, state] = [keys.messages(conversation.id), keys.state(conversation.id)];
    return this.store.commands(async (redis) => {
      // Null if there is no such key, which the type does not say.
      const dumps: (Buffer | null)[] = await Promise.all([
        redis.dumpBuffer(messages),
        redis.dumpBuffer(state),
      ]);
      const elements = await redis.lrange(messages, 0, -1).catch(nothingOfThisKind);
      const packed = await redis.getBuffer(state).catch(nothingOfThisKind);
      const fields = packed ? decodeState(packed) : await redis.hgetall(state).catch(nothingOfThisKind);
      const fingerprint = createHash('sha1');
      for (const dump of dumps) if (dump) fingerprint.update(dump);
      return {
        fingerprint: fingerprint.digest('hex'),
        remains: { elements: elements ?? [], state: packed ? { ...fields } : numbered(fields) },
        isList: elements !== null,
      };
    });
  }
}

/** How many messages the accounts hold for it. If its state does not say, those that are there count as such. */
function accountedOf({ state: { size }, elements }: Remains): number {
  return Number.isInteger(size) ? Number(size) : elements.length;
}

/** A state of version 0.1.0, a hash: numbers as text. */
function numbered(fields: object | null): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]) => [
      name,
      /^-?\d+$/.test(String(value)) ? Number(value) : value,
    ]),
  );
}

function shown(conversationId: string, text: string): SetAsideConversation {
  const space = text.indexOf(' ');
  return { conversationId, since: Number(text.slice(0, space)), reason: text.slice(space + 1) };
}
