import { getQueueToken } from '@nestjs/bullmq';
import { Logger, Module } from '@nestjs/common';
import {
  BatchingModule,
  BatchStore,
  ProcessRegistry,
  MERGED_MESSAGES,
  QueueModule,
  REDIS,
  type RedisClient,
  redisTimeMs,
  Turns,
} from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import type { MergedMessage } from '@app/contracts';
import type { Queue } from 'bullmq';
import { Bot } from './bot/bot';
import { BotBacklog } from './bot/bot-backlog';
import { BotCircuit } from './bot/bot-circuit';
import { BotWatch } from './bot/bot-watch';
import { HttpBot } from './bot/http-bot';
import { PrintingBot } from './bot/printing-bot';
import { closingWorkerProvider } from './closing-worker.provider';
import { Consumer } from './consumer';
import { Delivery } from './delivery';
import { MergedMessageProcessor } from './merged-message.processor';
import { DeliveryMetrics } from './metrics/delivery.metrics';
import { RedisClock } from './redis-clock';
import { ReplyDispatcher } from './replies/reply-dispatcher';
import { ReplySender } from './replies/reply-sender';

/** The parts of a process that takes merged messages to the bot; any number of them may run on one Redis. */
@Module({
  imports: [BatchingModule, QueueModule],
  providers: [
    DeliveryMetrics,
    { provide: Bot, inject: [SETTINGS], useFactory: botOf },
    {
      provide: ReplySender,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new ReplySender(settings),
    },
    {
      provide: ReplyDispatcher,
      inject: [Turns, ReplySender, DeliveryMetrics],
      useFactory: (turns: Turns, sender: ReplySender, metrics: DeliveryMetrics) =>
        new ReplyDispatcher(turns, sender, metrics),
    },
    {
      provide: RedisClock,
      inject: [REDIS],
      useFactory: async (redis: RedisClient) => {
        const clock = new RedisClock(() => redisTimeMs(redis));
        await clock.now();
        return clock;
      },
    },
    { provide: BotCircuit, inject: [RedisClock], useFactory: (clock: RedisClock) => new BotCircuit(clock) },
    {
      provide: BotBacklog,
      inject: [BatchStore, getQueueToken(MERGED_MESSAGES)],
      useFactory: (store: BatchStore, queue: Queue<MergedMessage>) => new BotBacklog(store, queue),
    },
    BotWatch,
    {
      provide: Delivery,
      inject: [Turns, Bot, BotCircuit, ReplyDispatcher, SETTINGS, DeliveryMetrics],
      useFactory: (
        turns: Turns,
        bot: Bot,
        circuit: BotCircuit,
        dispatcher: ReplyDispatcher,
        settings: Settings,
        metrics: DeliveryMetrics,
      ) => new Delivery(turns, bot, circuit, dispatcher, settings.bot, metrics),
    },
    MergedMessageProcessor,
    closingWorkerProvider,
    Consumer,
  ],
})
export class DeliveryModule {
  constructor(processRegistry: ProcessRegistry) {
    processRegistry.takeRole('worker');
  }
}

function botOf({ bot, log }: Settings): Bot {
  const { url } = bot;
  const logger = new Logger('Bot');
  if (url === null) {
    logger.warn(
      'BOT_URL is not set: merged messages are logged and taken off the queue, and no bot gets them',
    );
    return new PrintingBot(log.maskPhones);
  }
  if (bot.secrets.length === 0)
    logger.warn('BOT_SECRET is not set: the bot cannot tell our calls from those of others');
  return new HttpBot({ ...bot, url });
}
