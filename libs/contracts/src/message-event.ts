import type { CompanyId } from './conversation';
import type { MessageSource } from './stored-message';

/** The job name under which what happened to a message, after it was handed off, travels. */
export const MESSAGE_EVENT_JOB = 'message-event';

/** What `FORWARD_EVENTS` can ask for. */
export const FORWARDABLE_KINDS = ['edit', 'revoke', 'reaction', 'status', 'system', 'unsupported'] as const;

export type ForwardableKind = (typeof FORWARDABLE_KINDS)[number];

/** The payload of a `message-event` job, version 1. Times are ms since the epoch. */
export interface MessageEvent {
  version: 1;
  /** The job's id; the same however often the gateway delivers the event. */
  eventId: string;
  kind: ForwardableKind;
  conversationId: string;
  /** Digits; null where the customer is known by another kind of id only. */
  phone: string | null;
  companyId: CompanyId | null;
  /** The message that it is about; null where it is about none. */
  targetId: string | null;
  /** The new text, the emoji, how far a message of ours has come; null where there is none, or it cannot be read. */
  text: string | null;
  /** By the sender's clock; null where the gateway does not say. */
  at: number | null;
  source: MessageSource;
  channel: 'whatsapp';
}
