export { Attention } from './changes/attention';
export { Audit } from './operators/audit';
export { BatchProcessorModule } from './batch-processor.module';
export { BatchProcessor } from './batch.processor';
export { type Appended, BatchService } from './batch.service';
export { BatchStore } from './batch-store';
export { BatchingModule } from './batching.module';
export type { Actor } from './changes/authorship';
export { type Changed, type ChangeOutcome, Changes, type ReportedEdit } from './changes/changes';
export { BatchingConfigModule } from './config/config.module';
export type { EffectiveVariable } from './config/effective';
export { type Environment, DEFAULTS, type GroupPolicy } from './config/environment';
export { loadSettings } from './config/load-settings';
export { type SenderSettings, SETTINGS, type Settings } from './config/settings';
export { databaseOf, showServers, WAYS_TO_A_REDIS } from './config/redis-address';
export { readEnvironment } from './config/sources';
export { MESSAGE_EVENT_JOB, type MessageEvent } from './contracts/message-event';
export {
  type FlushReason,
  MERGED_MESSAGE_JOB,
  type MergedMessage,
  type MergedPart,
  TURN_ENDED,
} from './contracts/merged-message';
export type {
  EditMark,
  IncomingMessage,
  Media,
  MessageSource,
  StoredMessage,
} from './contracts/stored-message';
export {
  type CompanyId,
  type Conversation,
  conversationOf,
  isCompanyId,
  parseConversationId,
  phoneOf,
} from './conversation/conversation';
export {
  type CustomerId,
  customerIdOf,
  groupIdOf,
  identify,
  type Identity,
  memberIdOf,
  withoutMarks,
} from './conversation/customer-id';
export { type DeadLetter, DeadLetters } from './operators/dead-letters';
export { FailedDeliveries, type FailedDelivery } from './operators/failed-deliveries';
export { ForwardedEvents } from './changes/forwarded-events';
export { batchingHealth } from './health';
export { History, type HistoryPage } from './operators/history';
export type { Finding } from './meeting-point/findings';
export { MeetingPoint, type Processor } from './meeting-point/meeting-point';
export type { Role } from './meeting-point/process-card';
export {
  type OpenBatch,
  OpenBatches,
  type OpenBatchPage,
  type OpenBatchSummary,
} from './operators/open-batches';
export { Pause, type PauseReply } from './operators/pause';
export { QueueModule } from './hand-off/queue.module';
export { Replay, type ReplayOutcome } from './operators/replay';
export { AppendMetrics } from './metrics/append.metrics';
export { MERGED_MESSAGES, queueOptions } from './hand-off/queue';
export { waitingClient } from './redis/connection';
export { isDirectoryEntry } from './redis/keys';
export { mastersOf, type RedisClient } from './redis/redis-client';
export { RedisConnections } from './redis/redis-connections';
export { redisTimeMs } from './redis/redis-time';
export { REDIS } from './redis/redis.tokens';
export { asOutage, isRefusal, outageInShort, StoreUnavailableError } from './redis/outage';
export { type Turn, Turns } from './turns/turns';
export {
  type KeptUnreadable,
  Unreadable,
  type UnreadableBody,
  type UnreadablePage,
} from './operators/unreadable';
export type { AuditResult, Statistics, Totals } from './operators/statistics';
