import type { CompanyId, CustomerId } from '@app/contracts';
import type { Alias } from './identity/parties';
import type { IgnoredReason } from './ignored-reason';
import type { MessageContent } from './message-content';

/** Which end of the business an event came in at. */
export interface EventOrigin {
  /** The gateway's name in the registry. */
  readonly gateway: string;
  /** The business's own end: a session, an instance, a phone number id; null where the payload does not say. */
  readonly account: string | null;
  /** Only where the payload itself says so; else the account decides, by configuration. */
  readonly companyId: CompanyId | null;
}

/** What every event can say. Times are ms since the epoch. */
export interface EventBase extends EventOrigin {
  /** Whose conversation it belongs to; null where only the id of another message leads there. */
  readonly customer: CustomerId | null;
  /** Who speaks inside a group; null elsewhere. */
  readonly sender: CustomerId | null;
  /** Pairs of ids that this payload showed to be one person. */
  readonly aliases: readonly Alias[];
  /** The stanza id; null where the gateway gave none, which means: cannot be de-duplicated by id. */
  readonly messageId: string | null;
  /** The sender's clock; null: the time of arrival, which Redis decides. */
  readonly timestampMs: number | null;
  /** The chat as the gateway spelt it: where a reply goes. */
  readonly chatId: string | null;
  readonly senderName: string | null;
}

/** A customer said something. */
export interface MessageEvent extends EventBase, MessageContent {
  readonly kind: 'message';
  readonly customer: CustomerId;
  readonly chatId: string;
}

/**
 * A message was rewritten. The target's id leads to it; `customer`, `sender` and `fromMe` say who acts, who has to be its
 * author. Where the gateway does not say who acts, `customer` is null, or in a group `sender`.
 */
export interface EditEvent extends EventBase {
  readonly kind: 'edit';
  readonly targetId: string;
  /** The new text; null where it is encrypted or missing: then the old text stays. */
  readonly text: string | null;
  /** The edit's own id; null where it has none, and `timestampMs` alone tells two edits apart. */
  readonly editId: string | null;
  /** The business rewrote a message of its own. */
  readonly fromMe: boolean;
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

/** The business said something, and the gateway tells us. */
export interface EchoEvent extends EventBase {
  readonly kind: 'echo';
  readonly customer: CustomerId;
  /** Sent through the gateway's API, so by us; else a human answered from the phone. */
  readonly viaApi: boolean;
}

/** Somebody put an emoji on a message. */
export interface ReactionEvent extends EventBase {
  readonly kind: 'reaction';
  readonly targetId: string | null;
  /** The emoji; '' where it was taken away. */
  readonly text: string;
  readonly fromMe: boolean;
}

/** How far a message of ours has come; `messageId` is that message's. */
export interface StatusEvent extends EventBase {
  readonly kind: 'status';
  readonly status: 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unknown';
}

/** Something about the customer changed, not in the conversation. */
export interface SystemEvent extends EventBase {
  readonly kind: 'system';
  readonly change: 'number' | 'user-id' | 'identity' | 'other';
  /** Who the customer is from now on; null where that did not change, or is not said. */
  readonly newCustomer: CustomerId | null;
}

/** A customer sent something that cannot be shown: the bot may want to say so. */
export interface UnsupportedEvent extends EventBase {
  readonly kind: 'unsupported';
  readonly customer: CustomerId;
  /** The gateway's word for it, cut short; not a metric label, for customers choose it. */
  readonly originalType: string;
}

/** Nothing to do, for a reason that is counted. */
export interface IgnoredEvent extends EventBase {
  readonly kind: 'ignored';
  readonly reason: IgnoredReason;
  /** The contract's names of the fields at fault, where the sender could mend them. */
  readonly fields: readonly string[];
}

/** What a gateway's payload means, one entry of it at a time. */
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
