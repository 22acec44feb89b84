import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CompanyId, parseConversationId } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';

/** A message that a gateway has sent for us, by the gateway's own id. */
export interface SentMessage {
  /** Whose account it went out from: two companies' servers may count alike. */
  readonly companyId: CompanyId | null;
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
    const value = JSON.stringify({ batchId, conversationId, reply });
    await this.store.commands((redis) => redis.set(this.keyOf(message), value, 'EX', KEPT_S));
  }

  /**
   * The reply that a message was; null if it was none of ours, or longer than a day ago.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async find(message: SentMessage): Promise<SentReply | null> {
    return (await this.kept(message))?.reply ?? null;
  }

  /**
   * Notes that a reply was not delivered after all; a report that is repeated finds the note of the first.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async noteUndelivered(message: SentMessage, reply: SentReply, why: string): Promise<void> {
    const { key } = (await this.kept(message)) ?? {};
    if (key === undefined) return;
    const value = JSON.stringify({ ...reply, undelivered: why });
    await this.store.commands((redis) => redis.set(key, value, 'KEEPTTL', 'XX'));
  }

  private async kept(message: SentMessage): Promise<{ key: string; reply: SentReply } | null> {
    const { companyId } = message;
    // Earlier workers keep what they send under a key without the company.
    const keys = [...new Set([this.keyOf(message), this.keyOf({ ...message, companyId: null })])];
    const values = await this.store.commands((redis) => Promise.all(keys.map((key) => redis.get(key))));
    for (const [i, key] of keys.entries()) {
      const reply = JSON.parse(values[i] ?? 'null') as SentReply | null;
      if (reply !== null && isOf(reply, companyId)) return { key, reply };
    }
    return null;
  }

  /** Spread over the partitions by the id, because a report may not say whose conversation it is about. */
  private keyOf({ companyId, gateway, account, messageId }: SentMessage): string {
    const named = [...(companyId === null ? [] : [String(companyId)]), gateway, account, messageId];
    const digest = hash('sha256', JSON.stringify(named), 'base64url').slice(0, 22);
    const keys: Keys = this.store.keysOf({ customer: digest });
    return keys.sentReply(digest);
  }
}

function isOf({ conversationId }: SentReply, companyId: CompanyId | null): boolean {
  return parseConversationId(conversationId).companyId === (companyId === null ? null : String(companyId));
}
