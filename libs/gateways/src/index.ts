export { authenticate, type GatewaySecrets } from './authentication/authenticate';
export type { AuthenticRequest, RequestHeaders } from './authentication/request';
export type { RefusalReason, Verdict } from './authentication/verdict';
export type { Gateway } from './gateway';
export type * from './gateway-event';
export { firstStanzaOf } from './identity/message-id';
export { isNoId } from './identity/no-id';
export type { Alias } from './identity/parties';
export { IGNORED_REASONS, type IgnoredReason } from './ignored-reason';
export { LONGEST_ID } from './json/json';
export { redact, redactBody, REMOVED_BLOB } from './json/redaction';
export { timestampMsOf } from './json/timestamp';
export {
  MEDIA_TYPES,
  type MediaReference,
  type MediaType,
  type MessageContent,
  type MessageType,
} from './message-content';
export { type SubscriptionAnswer, verifySubscription } from './meta/subscription';
export { addressBelow } from './address';
export { GATEWAY_NAMES, GATEWAYS, type GatewayName } from './registry';
export type { GatewayCall, ReplyTarget, Sender } from './sender';
export { senderName, SENDERS } from './senders';
