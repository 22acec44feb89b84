export { addressBelow } from './address';
export { authenticate, type GatewaySecrets } from './authentication/authenticate';
export type { AuthenticRequest, RequestHeaders } from './authentication/request';
export type { RefusalReason, Verdict } from './authentication/verdict';
export { type CompanyReading, readCompanyId } from './company-id';
export type { CustomerFile, FileAddress, FileBytes, FileCall, FileWay } from './files';
export type { Acknowledgement, Gateway, Refusals } from './gateway';
export type { GatewaySettings, SenderSettings } from './gateway-settings';
export {
  answering,
  GATEWAY_NAMES,
  gatewayNamed,
  GATEWAYS,
  idsPerChat,
  needsOwnSecret,
  senderVariableOf,
  tokenVariableOf,
  wayToFile,
} from './gateways';
export { byGatewaySettings, gatewaysSettings, type GroupPolicy } from './gateways.settings';
export type { Handshake } from './handshake';
export { firstStanzaOf } from './identity/message-id';
export { isNoId } from './identity/no-id';
export type { Alias } from './identity/parties';
export { IGNORED_REASONS, type IgnoredReason } from './ignored-reason';
export { formFields } from './json/form-fields';
export { isFileText } from './json/file-text';
export { isJsonObject, type JsonObject, LONGEST_ID, objectOf } from './json/json';
export { redact, redactBody, REMOVED_BLOB } from './json/redaction';
export { firstTimestampMs } from './json/timestamp';
export { messageTypeOf } from './media-reference';
export {
  MEDIA_TYPES,
  type MediaReference,
  type MediaType,
  type MessageContent,
  type MessageType,
} from './message-content';
export { type FailedAnswer, type SendFailure } from './send-failure';
export type { GatewayCall, ReplyTarget, Sender } from './sender';
export { TELEGRAM_UPDATES } from './telegram/telegram.reader';
export { type Callback, callbackOf } from './venom/venom.callback';
export { venom } from './venom/venom.gateway';
export { readForwarded } from './venom/venom.reader';
export type * from './gateway-event';
export { timestampMsOf } from './json/timestamp';
