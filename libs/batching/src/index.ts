export { Attention } from './attention';
export { Audit } from './audit';
export { BatchProcessorModule } from './batch-processor.module';
export { BatchProcessor } from './batch.processor';
export { type Appended, BatchService } from './batch.service';
export { BatchStore } from './batch-store';
export { BatchingModule } from './batching.module';
export { type Changed, type ChangeOutcome, Changes, type ReportedEdit } from './changes';
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
} from './conversation';
export { type CustomerId, customerIdOf, groupIdOf, identify, type Identity, memberIdOf } from './customer-id';
export { type DeadLetter, DeadLetters } from './dead-letters';
export { FailedDeliveries, type FailedDelivery } from './failed-deliveries';
export { ForwardedEvents } from './forwarded-events';
export { batchingHealth } from './health';
export { History, type HistoryPage } from './history';
export type { Finding } from './meeting-point/findings';
export { MeetingPoint, type Processor } from './meeting-point/meeting-point';
export type { Role } from './meeting-point/process-card';
export { type OpenBatch, OpenBatches, type OpenBatchPage, type OpenBatchSummary } from './open-batches';
export { Pause, type PauseReply } from './pause';
export { QueueModule } from './queue.module';
export { Replay, type ReplayOutcome } from './replay';
export { FailedAttempts } from './failed-attempts';
export { AppendMetrics } from './metrics/append.metrics';
export { MERGED_MESSAGES, queueOptions } from './queue';
export { waitingClient } from './redis/connection';
export { mastersOf, type RedisClient } from './redis/redis-client';
export { RedisConnections } from './redis/redis-connections';
export { REDIS } from './redis/redis.tokens';
export { StoreUnavailableError } from './redis/outage';
export { type Turn, Turns } from './turns';
export { type KeptUnreadable, Unreadable, type UnreadableBody, type UnreadablePage } from './unreadable';
export type { AuditResult, Statistics, Totals } from './statistics';
