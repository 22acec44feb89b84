import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { chatOf, conversationOf, parseConversationId } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';
import { countingChatOf, type MessageAddress } from '../store/message-identity';

/** A message that a gateway has sent for us, by the gateway's own id: two companies' servers may count alike. */
export type SentMessage = MessageAddress;

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
    const spellings = await this.spellingsOf(message);
    // Earlier workers keep what they send under a key without the chat, and those before them without the company.
    const { companyId, gateway, account, messageId } = message;
    const anywhere = { companyId, gateway, account, messageId };
    const keys = [...spellings, anywhere, { ...anywhere, companyId: null }].map((each) => this.keyOf(each));
    const sought = [...new Set(keys)];
    const values = await this.store.commands((redis) => Promise.all(sought.map((key) => redis.get(key))));
    for (const [i, key] of sought.entries()) {
      const reply = JSON.parse(values[i] ?? 'null') as SentReply | null;
      if (reply !== null && spellings.some((each) => isOf(reply, each))) return { key, reply };
    }
    return null;
  }

  /** The message as it is told, and as one of its chat's home: there the replies went to which an alias's messages went. */
  private async spellingsOf(message: SentMessage): Promise<SentMessage[]> {
    const chat = countingChatOf(message);
    if (chat === null) return [message];
    const { customer } = await this.store.homeOf(conversationOf(chat, message.companyId));
    return customer === chat ? [message] : [message, { ...message, chat: customer }];
  }

  /** Spread over the partitions by the id, because a report may not say whose conversation it is about. */
  private keyOf(message: SentMessage): string {
    const { companyId, gateway, account, messageId } = message;
    const chat = countingChatOf(message);
    const named = [
      ...(companyId === null ? [] : [String(companyId)]),
      ...[gateway, account, messageId],
      ...(chat === null ? [] : [{ chat }]),
    ];
    const digest = hash('sha256', JSON.stringify(named), 'base64url').slice(0, 22);
    const keys: Keys = this.store.keysOf({ customer: digest });
    return keys.sentReply(digest);
  }
}

function isOf({ conversationId }: SentReply, message: SentMessage): boolean {
  const { companyId, customer } = parseConversationId(conversationId);
  if (companyId !== (message.companyId === null ? null : String(message.companyId))) return false;
  const chat = countingChatOf(message);
  return chat === null || chat === chatOf(customer);
}
