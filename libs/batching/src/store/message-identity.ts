import { hash } from 'node:crypto';
import { type CompanyId, chatOf, type CustomerId } from '@app/contracts';

/** What identifies a message: never the spelling of its chat, nor the delivery that brought it. */
export interface MessageAddress {
  companyId: CompanyId | null;
  gateway: string;
  account: string | null;
  messageId: string;
  /** The chat's customer, if the gateway counts ids separately in each chat; left out if an id is unique in the account. */
  chat?: CustomerId;
}

/**
 * Ids that are random and so not counted: the beginnings of WhatsApp's own ids and of Meta's, and any sixteen
 * hexadecimal digits or more of which some are letters.
 */
const RANDOM_ID = /^(?:wamid\..+|(?:3A|3EB0|BAE5)[\dA-Z]{12,}|(?=[\d-]*[A-F])[\dA-F-]{16,})$/i;

/**
 * A message's identity, from which its keys are made: 132 bits, so that two messages are never one by accident.
 *
 * A random id, as WhatsApp's are, is one message in whatever chat it is seen, even if its gateway
 * counts per chat: the customer of a redelivery may be known by a LID and not by their phone.
 */
export function identityOf(message: MessageAddress): string {
  const { companyId, gateway, account, messageId } = message;
  const parts = ['message', String(companyId ?? ''), gateway, account ?? '', messageId];
  const chat = countingChatOf(message);
  if (chat !== null) parts.push(chat);
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);
}

/** The chat that an id is counted in; null if it names one message in whatever chat. */
export function countingChatOf({ messageId, chat }: MessageAddress): CustomerId | null {
  return chat === undefined || RANDOM_ID.test(messageId) ? null : chatOf(chat);
}
