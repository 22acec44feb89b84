import type { CompanyId, CustomerId } from '@app/contracts';
import type { Alias } from './identity/parties';
import type { IgnoredReason } from './ignored-reason';
import type { MessageContent } from './message-content';

/** Where an event came in: the gateway, the business's account, its company. */
export interface EventOrigin {
  /** The gateway's name in the registry. */
  readonly gateway: string;
  /** The business's account: a session, an instance, a phone number id; null if the payload does not say. */
  readonly account: string | null;
  /** Only if the payload itself says so; otherwise the account determines it, by configuration. */
  readonly companyId: CompanyId | null;
}

/** The fields of every event. Times are ms since the epoch. */
export interface EventBase extends EventOrigin {
  /** The customer whose conversation it belongs to; null if only the id of another message leads there. */
  readonly customer: CustomerId | null;
  /** The member who speaks in a group; null elsewhere. */
  readonly sender: CustomerId | null;
  /** The topic in which it happened, only in a group that has topics. */
  readonly topic?: string;
  /** Pairs of ids that this payload showed to be one person. */
  readonly aliases: readonly Alias[];
  /** The stanza id; null if the gateway gave none: then it cannot be de-duplicated by id. */
  readonly messageId: string | null;
  /** The sender's clock; null: the time of arrival, which Redis decides. */
  readonly timestampMs: number | null;
  /** The chat in the gateway's spelling, to which a reply goes. */
  readonly chatId: string | null;
  readonly senderName: string | null;
  /** The customer's phone as digits, only if the gateway says it and `customer` is another id. */
  readonly phone?: string;
}

/** A customer said something. */
export interface MessageEvent extends EventBase, MessageContent {
  readonly kind: 'message';
  readonly customer: CustomerId;
  readonly chatId: string;
}

/**
 * A message was edited. The target's id leads to it; `customer`, `sender` and `fromMe` say who acts, and that person has to
 * be its author. If the gateway does not say who acts, `customer` is null, or in a group `sender`.
 */
export interface EditEvent extends EventBase {
  readonly kind: 'edit';
  readonly targetId: string;
  /** The new text; null if it is encrypted or missing: then the old text stays. */
  readonly text: string | null;
  /** The edit's own id; null if it has none, and only `timestampMs` tells two edits apart. */
  readonly editId: string | null;
  /** The business edited a message of its own. */
  readonly fromMe: boolean;
  /** Left out of what its author has written: the gateway has transcribed a voice note. */
  readonly isTranscript?: true;
}

/** A message was taken back. Found by its target's id, as an edit is. */
export interface RevokeEvent extends EventBase {
  readonly kind: 'revoke';
  readonly targetId: string;
  readonly fromMe: boolean;
}

/** A customer types, records, or has stopped. */
export interface PresenceEvent extends EventBase {
  readonly kind: 'presence';
  readonly customer: CustomerId;
  readonly state: 'composing' | 'recording' | 'paused';
}

/** The business sent a message, and the gateway reports it. */
export interface EchoEvent extends EventBase {
  readonly kind: 'echo';
  readonly customer: CustomerId;
  /** Sent through the gateway's API, so by us; otherwise a human answered from the phone. */
  readonly viaApi: boolean;
  /** The words, or a caption; '' if there are none. */
  readonly text: string;
}

/** A reaction to a message. */
export interface ReactionEvent extends EventBase {
  readonly kind: 'reaction';
  readonly targetId: string | null;
  /** The emoji; '' if it was taken away. */
  readonly text: string;
  readonly fromMe: boolean;
}

/** The delivery state of a message of ours; `messageId` is that message's. */
export interface StatusEvent extends EventBase {
  readonly kind: 'status';
  readonly status: 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unknown';
  /** Why it failed, in our words; null if it did not, or the gateway does not say. */
  readonly failure: string | null;
}

/** Something about the customer changed, not in the conversation. */
export interface SystemEvent extends EventBase {
  readonly kind: 'system';
  readonly change: 'number' | 'user-id' | 'identity' | 'other';
  /** The customer's new id; null if it did not change, or is not said. */
  readonly newCustomer: CustomerId | null;
}

/** A customer sent something that cannot be shown: the bot may want to say so. */
export interface UnsupportedEvent extends EventBase {
  readonly kind: 'unsupported';
  readonly customer: CustomerId;
  /** The gateway's word for it, cut short; not a metric label, because customers choose it. */
  readonly originalType: string;
}

/** Nothing to do, for a reason that is counted. */
export interface IgnoredEvent extends EventBase {
  readonly kind: 'ignored';
  readonly reason: IgnoredReason;
  /** The contract's names of the wrong fields, if the sender could correct them. */
  readonly fields: readonly string[];
  /** Who answers the customer from now on, where that changes without anything being said. */
  readonly attendedBy?: 'humans' | 'bot';
}

/** The meaning of one entry of a gateway's payload. */
export type GatewayEvent =
  | MessageEvent
  | EditEvent
  | RevokeEvent
  | PresenceEvent
  | EchoEvent
  | ReactionEvent
  | StatusEvent
  | SystemEvent
  | UnsupportedEvent
  | IgnoredEvent;
