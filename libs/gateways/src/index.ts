export { authenticate, type GatewaySecrets } from './authentication/authenticate';
export type { AuthenticRequest, RequestHeaders } from './authentication/request';
export { secretsFrom } from './authentication/secrets';
export { checkSharedSecret } from './authentication/shared-secret';
export type { RefusalReason, Verdict } from './authentication/verdict';
export type { Gateway } from './gateway';
export type * from './gateway-event';
export { readPresence } from './generic/presence.reader';
export { customerIdOf, type CustomerId, identify, type Identity } from './identity/customer-id';
export type { Alias } from './identity/parties';
export { IGNORED_REASONS, type IgnoredReason } from './ignored-reason';
export { redact, REMOVED_BLOB } from './json/redaction';
export { timestampMsOf } from './json/timestamp';
export {
  MEDIA_TYPES,
  type MediaReference,
  type MediaType,
  type MessageContent,
  type MessageType,
} from './message-content';
export { type SubscriptionAnswer, verifySubscription } from './meta/subscription';
export { GATEWAY_NAMES, GATEWAYS, type GatewayName } from './registry';
