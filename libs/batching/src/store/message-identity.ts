import { hash } from 'node:crypto';
import type { CompanyId } from '@app/contracts';
import { chatOf, type CustomerId } from '@app/contracts';

/** What makes a message the same message: never how the chat was spelt, nor which delivery brought it. */
export interface MessageAddress {
  companyId: CompanyId | null;
  gateway: string;
  account: string | null;
  messageId: string;
  /** Whose chat the message is in, where the gateway counts ids in each chat anew; left out where an id is the account's. */
  chat?: CustomerId;
}

/**
 * What is drawn at random and so is no count: the beginnings of WhatsApp's own ids and of Meta's, and any sixteen
 * hexadecimal digits or more of which some are letters.
 */
const RANDOM_ID = /^(?:wamid\..+|(?:3A|3EB0|BAE5)[\dA-Z]{12,}|(?=[\d-]*[A-F])[\dA-F-]{16,})$/i;

/**
 * A message's identity, as its keys are made of it: 132 bits, so that two messages are never one by accident.
 *
 * An id that was drawn at random, as WhatsApp's are, is one message in whatever chat it is seen, also where its gateway
 * counts per chat: the customer of a redelivery may be known by a LID and not by their phone.
 */
export function identityOf({ companyId, gateway, account, messageId, chat }: MessageAddress): string {
  const parts = ['message', String(companyId ?? ''), gateway, account ?? '', messageId];
  if (chat !== undefined && !RANDOM_ID.test(messageId)) parts.push(chatOf(chat));
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}
