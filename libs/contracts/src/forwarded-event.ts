import type { CompanyId } from './conversation';
import type { Channel } from './customer-kind';
import type { MessageSource } from './stored-message';

/** The job name of a change to a message that was already handed off. */
export const MESSAGE_EVENT_JOB = 'message-event';

/** The kinds that `FORWARD_EVENTS` may name. */
export const FORWARDABLE_KINDS = ['edit', 'revoke', 'reaction', 'status', 'system', 'unsupported'] as const;

export type ForwardableKind = (typeof FORWARDABLE_KINDS)[number];

/** The payload of a `message-event` job, version 1. Times are ms since the epoch. */
export interface ForwardedEvent {
  version: 1;
  /** The job's id; the same however often the gateway delivers the event. */
  eventId: string;
  kind: ForwardableKind;
  conversationId: string;
  /** Digits; null if the customer is known only by another kind of id. */
  phone: string | null;
  companyId: CompanyId | null;
  /** The message that the event is about; null if there is none. */
  targetId: string | null;
  /** The new text, the emoji, the delivery state of a message of ours; null if there is none, or it cannot be read. */
  text: string | null;
  /** By the sender's clock; null if the gateway does not say. */
  at: number | null;
  source: MessageSource;
  /** Only of a state of a message of ours that is known: the batch that it answers. */
  batchId?: string;
  /** Only of a message of ours that was not delivered: why, if the gateway says. */
  reason?: string;
  channel: Channel;
}
