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
export { habitIn } from './habit';
export { isSimulated, simulatedId, SIMULATOR } from './simulated';
export {
  ENVELOPE_SHARE,
  decodeStoredMessage,
  type EditMark,
  encodeBody,
  type IncomingMessage,
  type Media,
  type MessageSource,
  type MissingFile,
  type MissingPicture,
  type MissingWords,
  type StoredMessage,
  TEXT_COPIES,
  type Transcript,
} from './stored-message';
export { finding, type Finding, type FindingCode } from './finding';
export { ENGLISH, inEnglish, sentence, type SentenceCode, type ValuesOf } from './sentences/english';
export {
  type Language,
  namesIn,
  phrase,
  type Said,
  type Sentence,
  type Show,
  type Values,
} from './sentences/sentence';
export type { Awaits, BatchEntry, ReplyEntry, TimelineEntry, WaitsFor } from './timeline/timeline-entry';
export {
  ATTEMPT_OUTCOMES,
  type KeptNote,
  type TakeoverNote,
  type TimelineNote,
} from './timeline/timeline-note';
export type { BotOff, Habit, LiveChange, LiveSnapshot, LiveState, LiveWait, LiveWindow } from './live';
