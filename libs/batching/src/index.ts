export { BatchProcessorModule } from './batch-processor.module';
export { BatchProcessor } from './batch.processor';
export { type Appended, BatchService } from './batch.service';
export { BatchingModule } from './batching.module';
export type { Actor } from './changes/authorship';
export { type Changed, type ChangeOutcome, Changes, type ReportedEdit } from './changes/changes';
export { ForwardedEvents } from './changes/forwarded-events';
export { type AwaitedNote, LOOK_AGAIN_MS, Transcripts, type Words } from './changes/transcripts';
export { BATCHING_GROUPS, BATCHING_RULES } from './config/batching.settings';
export { BatchingConfigModule } from './config/config.module';
export { databaseOf, showServers, WAYS_TO_A_REDIS } from './config/redis-address';
export { HandOffModule } from './hand-off/hand-off.module';
export { batchingHealth } from './processes/health';
export { type Act, type AuditedAct, AuditLog, type AuditPage } from './operators/audit-log';
export { Audit } from './operators/audit';
export {
  type BulkRedriven,
  BulkRedrive,
  DEAD_LETTER_STAGES,
  type DeadLetterStage,
  type RedriveWish,
} from './operators/bulk-redrive';
export {
  CompanySettings,
  type KeptCompanySettings,
  MOST_COMPANIES,
  versionOfSettings,
} from './operators/company-settings';
export { type DeadLetter, DeadLetters } from './operators/dead-letters';
export { type Erased, Erasure, type ErasureOutcome, type InFlight } from './operators/erasure/erasure';
export { FailedDeliveries, type FailedDelivery } from './operators/failed-deliveries';
export { History, type HistoryPage } from './operators/history';
export { LiveReader } from './operators/live-reader';
export { OpenBatches, type OpenBatchPage } from './operators/open-batches';
export { Pause, type PauseReply } from './operators/pause';
export { recordedBatches } from './operators/recorded-batches';
export { Replay, type ReplayOutcome } from './operators/replay';
export { WindowReports, type WindowSurvey } from './operators/window-reports';
export { SetAsideError } from './store/set-aside.error';
export { type Repaired, SetAside, type SetAsideConversation } from './store/set-aside';
export {
  type AuditResult,
  BALANCED_ACCOUNTS,
  type Statistics,
  StatisticsReader,
  type Totals,
} from './operators/statistics';
export { type Timeline, type TimelineQuery, TimelineReader } from './operators/timeline/timeline.reader';
export {
  type KeptUnreadable,
  Unreadable,
  type UnreadableBody,
  type UnreadablePage,
} from './operators/unreadable';
export type { Role } from './processes/process-card';
export { ProcessModule } from './processes/process.module';
export { takesRole } from './processes/role.provider';
export { ProcessRegistry, type LiveRole } from './processes/process-registry';
export { promote } from './queue/promote';
export { MERGED_MESSAGES, queueOptions } from './queue/queue';
export { commandClient, waitingClient } from './redis/connection';
export { asOutage, isRefusal, outageInShort, StoreUnavailableError } from './redis/outage';
export { mastersOf, type RedisClient } from './redis/redis-client';
export { RedisConnections } from './redis/redis-connections';
export { redisTimeMs } from './redis/redis-time';
export { REDIS } from './redis/redis.tokens';
export { whileStarting } from './redis/starting';
export { subscriberProvider } from './redis/subscriber.provider';
export { BatchStore } from './store/batch-store';
export { isDirectoryEntry } from './store/keys';
export { TimelineRecorder } from './timeline/timeline.recorder';
export { BOT_MEMORIES, type BotMemory, type BotState, BotStates } from './turns/bot-states';
export { type ColleagueWords, ColleagueWordsStore } from './turns/colleague-words';
export { type ConsumerCommit, ConsumerCommits } from './turns/consumer-commits';
export type { LateReply } from './store/scripts/take-late-reply';
export { JobLostError } from './turns/job-lost.error';
export { JobProgress } from './turns/job-progress';
export { LateReplies, type LateReplyOutcome } from './turns/late-replies';
export { ReplyPermits } from './turns/reply-permits';
export { ReplyTokens } from './turns/reply-tokens';
export { type SentMessage, SentReplies, type SentReply } from './turns/sent-replies';
export { SupersededBatches } from './turns/superseded-batches';
export { type BegunTurn, type Turn, Turns } from './turns/turns';
export { type Look, SHORTEST_MUTE_MS, WaitingBatches } from './turns/waiting-batches';
export { Aliases } from './window/aliases';
export { AppendMetrics } from './window/append.metrics';
export type { OpenBatch, OpenBatchSummary } from './window/open-batch';
export { type Order, ORDER_KINDS, type OrderKind, Steering } from './window/steering';
export { presentOf } from './window/present-waiting';
export { TypingAndHold } from './window/typing-and-hold';
export { UsualBotTime } from './window/usual-bot-time';
