import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';

/** A message that a gateway has sent for us, by the gateway's own id. */
export interface SentMessage {
  readonly gateway: string;
  readonly account: string | null;
  readonly messageId: string;
}

/** The reply that it was. */
export interface SentReply {
  readonly batchId: string;
  readonly conversationId: string;
  /** Which of the batch's replies, from 0. */
  readonly reply: number;
  /** Why it was not delivered, as the gateway said afterwards; left out unless it did. */
  readonly undelivered?: string;
}

/** As long as the job of a batch is kept. A gateway that reports a failure does so within moments, as a rule. */
const KEPT_S = 24 * 3600;

/** Which batch a message of ours answered: gateways report by its id alone that it was not delivered. */
@Injectable()
export class SentReplies {
  constructor(private readonly store: BatchStore) {}

  /**
   * Remembers a sent reply, for a day.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async remember(message: SentMessage, { batchId, conversationId, reply }: SentReply): Promise<void> {
    const key = this.keyOf(message);
    const value = JSON.stringify({ batchId, conversationId, reply });
    await this.store.commands((redis) => redis.set(key, value, 'EX', KEPT_S));
  }

  /**
   * The reply that a message was; null if it was none of ours, or longer than a day ago.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async find(message: SentMessage): Promise<SentReply | null> {
    const value = await this.store.commands((redis) => redis.get(this.keyOf(message)));
    return value === null ? null : (JSON.parse(value) as SentReply);
  }

  /**
   * Notes that a reply was not delivered after all; a report that is repeated finds the note of the first.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async noteUndelivered(message: SentMessage, reply: SentReply, why: string): Promise<void> {
    const value = JSON.stringify({ ...reply, undelivered: why });
    await this.store.commands((redis) => redis.set(this.keyOf(message), value, 'KEEPTTL', 'XX'));
  }

  /** Spread over the partitions by the id, because a report may not say whose conversation it is about. */
  private keyOf({ gateway, account, messageId }: SentMessage): string {
    const digest = hash('sha256', JSON.stringify([gateway, account, messageId]), 'base64url').slice(0, 22);
    const keys: Keys = this.store.keysOf({ customer: digest });
    return keys.sentReply(digest);
  }
}
