export {
  type CompanyId,
  type Conversation,
  conversationOf,
  isCompanyId,
  parseConversationId,
  phoneOf,
} from './conversation';
export {
  chatOf,
  type CustomerId,
  customerIdOf,
  groupIdOf,
  identify,
  type Identity,
  isInGroup,
  memberIdOf,
  memberOf,
  topicIdOf,
  withoutMarks,
} from './customer-id';
export { type Channel, channelOf, CHANNELS, CUSTOMER_KINDS } from './customer-kind';
export {
  FLUSH_REASONS,
  type FlushReason,
  isTurnEnded,
  MERGED_MESSAGE_JOB,
  type MergedMessage,
  type MergedPart,
  TURN_ENDED,
  type WindowReport,
} from './merged-message';
export type { Reply, ReplyButton, ReplyMedia } from './reply';
export { FORWARDABLE_KINDS, MESSAGE_EVENT_JOB, type ForwardedEvent } from './forwarded-event';
export { isSimulated, simulatedId, SIMULATOR } from './simulated';
export {
  ENVELOPE_SHARE,
  decodeStoredMessage,
  type EditMark,
  encodeBody,
  type IncomingMessage,
  type Media,
  type MessageSource,
  type StoredMessage,
  TEXT_COPIES,
} from './stored-message';
export type { LiveChange, LiveFinding, LiveSnapshot, LiveState, LiveWait, LiveWindow } from './live';
