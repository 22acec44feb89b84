export { authenticate, type GatewaySecrets } from './authentication/authenticate';
export type { AuthenticRequest, RequestHeaders } from './authentication/request';
export type { RefusalReason, Verdict } from './authentication/verdict';
export { type CompanyReading, readCompanyId } from './company-id';
export type { Gateway } from './gateway';
export type * from './gateway-event';
export { firstStanzaOf } from './identity/message-id';
export { isNoId } from './identity/no-id';
export type { Alias } from './identity/parties';
export { IGNORED_REASONS, type IgnoredReason } from './ignored-reason';
export { isFileText } from './json/file-text';
export { isJsonObject, type JsonObject, LONGEST_ID, objectOf } from './json/json';
export { redact, redactBody, REMOVED_BLOB } from './json/redaction';
export { firstTimestampMs } from './json/timestamp';
export {
  MEDIA_TYPES,
  type MediaReference,
  type MediaType,
  type MessageContent,
  type MessageType,
} from './message-content';
export { type SubscriptionAnswer, verifySubscription } from './meta/subscription';
export { addressBelow } from './address';
export { messageTypeOf } from './media-reference';
export { GATEWAY_NAMES, GATEWAYS, type GatewayName } from './registry';
export type { GatewayCall, ReplyTarget, Sender } from './sender';
export { senderName, SENDERS } from './senders';
export { type Callback, callbackOf } from './venom/venom.callback';
export { readForwarded } from './venom/venom.reader';
