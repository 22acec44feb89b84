import { Module } from '@nestjs/common';
import { MetricsModule } from '@app/platform';
import { BatchService } from './batch.service';
import { Changes } from './changes/changes';
import { ForwardedEvents } from './changes/forwarded-events';
import { Transcripts } from './changes/transcripts';
import { SettingsMetrics } from './config/settings.metrics';
import { HandOffModule } from './hand-off/hand-off.module';
import { AuditLog } from './operators/audit-log';
import { BulkRedrive } from './operators/bulk-redrive';
import { DeadLetters } from './operators/dead-letters';
import { ErasedHistory } from './operators/erasure/erased-history';
import { ErasedJobs } from './operators/erasure/erased-jobs';
import { ErasedMemories } from './operators/erasure/erased-memories';
import { ErasedRecords } from './operators/erasure/erased-records';
import { Erasure } from './operators/erasure/erasure';
import { People } from './operators/erasure/people';
import { FailedDeliveries } from './operators/failed-deliveries';
import { History } from './operators/history';
import { LiveReader } from './operators/live-reader';
import { OpenBatches } from './operators/open-batches';
import { Pause } from './operators/pause';
import { Replay } from './operators/replay';
import { ReplayMetrics } from './operators/replay.metrics';
import { StatisticsReader } from './operators/statistics';
import { StatisticsMetrics } from './operators/statistics.metrics';
import { KnownBatches } from './operators/timeline/known-batches';
import { TimelineReader } from './operators/timeline/timeline.reader';
import { Unreadable } from './operators/unreadable';
import { WindowReports } from './operators/window-reports';
import { ProcessModule } from './processes/process.module';
import { TimelineMetrics } from './timeline/timeline.metrics';
import { TimelineRecorder } from './timeline/timeline.recorder';
import { BotStates } from './turns/bot-states';
import { ColleagueWordsStore } from './turns/colleague-words';
import { ConsumerCommits } from './turns/consumer-commits';
import { LateReplies } from './turns/late-replies';
import { ReplyPermits } from './turns/reply-permits';
import { ReplyTokens } from './turns/reply-tokens';
import { SentReplies } from './turns/sent-replies';
import { Turns } from './turns/turns';
import { WaitingBatches } from './turns/waiting-batches';
import { Aliases } from './window/aliases';
import { AppendMetrics } from './window/append.metrics';
import { Steering } from './window/steering';
import { TypingAndHold } from './window/typing-and-hold';

/** The parts of every process that stores messages or looks at them; needs `BatchingConfigModule` as well. */
@Module({
  imports: [ProcessModule, HandOffModule, MetricsModule],
  providers: [
    BatchService,
    Aliases,
    AppendMetrics,
    Steering,
    TypingAndHold,
    Changes,
    ForwardedEvents,
    Transcripts,
    Turns,
    ConsumerCommits,
    BotStates,
    ColleagueWordsStore,
    LateReplies,
    ReplyPermits,
    ReplyTokens,
    SentReplies,
    WaitingBatches,
    AuditLog,
    BulkRedrive,
    DeadLetters,
    ErasedHistory,
    ErasedJobs,
    ErasedMemories,
    ErasedRecords,
    Erasure,
    People,
    FailedDeliveries,
    History,
    LiveReader,
    OpenBatches,
    Pause,
    Replay,
    ReplayMetrics,
    StatisticsReader,
    StatisticsMetrics,
    Unreadable,
    WindowReports,
    TimelineMetrics,
    TimelineRecorder,
    KnownBatches,
    TimelineReader,
    SettingsMetrics,
  ],
  exports: [
    BatchService,
    Aliases,
    AppendMetrics,
    Steering,
    TypingAndHold,
    Changes,
    ForwardedEvents,
    Transcripts,
    Turns,
    ConsumerCommits,
    BotStates,
    ColleagueWordsStore,
    LateReplies,
    ReplyPermits,
    ReplyTokens,
    SentReplies,
    WaitingBatches,
    AuditLog,
    BulkRedrive,
    DeadLetters,
    Erasure,
    FailedDeliveries,
    History,
    LiveReader,
    OpenBatches,
    Pause,
    Replay,
    StatisticsReader,
    TimelineReader,
    TimelineRecorder,
    Unreadable,
    WindowReports,
  ],
})
export class BatchingModule {}
