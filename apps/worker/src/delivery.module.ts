import { Module } from '@nestjs/common';
import {
  BatchingModule,
  HandOffModule,
  SupersededBatches,
  subscriberProvider,
  takesRole,
  UsualBotTime,
} from '@app/batching';
import { BotBacklog } from './bot/bot-backlog';
import { BotCircuits } from './bot/bot-circuits';
import { BotWatch } from './bot/bot-watch';
import { botProvider } from './bot/bot.provider';
import { OddAnswers } from './bot/odd-answers';
import { ReplyUrls } from './bot/reply-urls';
import { closingWorkerProvider } from './consumer/closing-worker.provider';
import { Consumer } from './consumer/consumer';
import { consumerRedisProvider } from './consumer/consumer-redis.provider';
import { jobProgressProvider } from './consumer/job-progress.provider';
import { redisClockProvider } from './consumer/redis-clock.provider';
import { AnswerCommit } from './delivery/answer-commit';
import { AnswerReport } from './delivery/answer-report';
import { AnswerSending } from './delivery/answer-sending';
import { BotAnswers } from './delivery/bot-answers';
import { BotAttempts } from './delivery/bot-attempts';
import { BotCalls } from './delivery/bot-calls';
import { Delivery } from './delivery/delivery';
import { DeliverySteps } from './delivery/delivery-steps';
import { DeliveryMetrics } from './delivery/delivery.metrics';
import { Handover } from './delivery/handover';
import { LoopAlarm } from './delivery/loop-alarm';
import { CustomerFiles } from './files/customer-files';
import { FileFetcher } from './files/file-fetcher';
import { MergedMessageProcessor } from './merged-message.processor';
import { PictureMetrics } from './pictures/picture.metrics';
import { Pictures } from './pictures/pictures';
import { ReplyDispatcher } from './replies/reply-dispatcher';
import { ReplyPace } from './replies/reply-pace';
import { ReplyReport } from './replies/reply-report';
import { ReplySender } from './replies/reply-sender';
import { ReplyShaper } from './replies/reply-shaper';
import { SilentFaults } from './silent-faults';
import { SwitchedOff } from './switched-off';
import { Listener } from './transcription/listener';
import { Transcriber } from './transcription/transcriber';
import { TranscriptionMetrics } from './transcription/transcription.metrics';
import { VoiceNotes } from './transcription/voice-notes';

/** The parts of a process that takes merged messages to the bot; any number of them may run on one Redis. */
@Module({
  imports: [BatchingModule, HandOffModule],
  providers: [
    takesRole('worker'),
    DeliveryMetrics,
    SilentFaults,
    SwitchedOff,
    OddAnswers,
    FileFetcher,
    CustomerFiles,
    PictureMetrics,
    Pictures,
    ReplyUrls,
    botProvider,
    redisClockProvider,
    BotCircuits,
    BotBacklog,
    BotWatch,
    ReplyShaper,
    ReplyPace,
    ReplyReport,
    ReplySender,
    ReplyDispatcher,
    subscriberProvider,
    SupersededBatches,
    UsualBotTime,
    BotAnswers,
    AnswerCommit,
    AnswerReport,
    LoopAlarm,
    BotAttempts,
    Handover,
    BotCalls,
    AnswerSending,
    DeliverySteps,
    Delivery,
    consumerRedisProvider,
    jobProgressProvider,
    MergedMessageProcessor,
    closingWorkerProvider,
    Consumer,
    Transcriber,
    TranscriptionMetrics,
    Listener,
    VoiceNotes,
  ],
})
export class DeliveryModule {}
