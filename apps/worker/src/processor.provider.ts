import { Processor } from '@nestjs/bullmq';
import type { FactoryProvider } from '@nestjs/common';
import { Turns } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import type { WorkerOptions } from 'bullmq';
import { BotWatch } from './bot/bot-watch';
import type { ConsumerOptions } from './closing-worker';
import { Consumption } from './consumption';
import { Delivery } from './delivery';
import { MergedMessageProcessor } from './merged-message.processor';
import { DeliveryMetrics } from './metrics/delivery.metrics';

/** The name under which `BullModule` holds the consumer's connection. */
export const CONSUMER = 'consumer';

// A killed worker's lock ends after at most 10 s, and the next look for such jobs is at most 5 s away.
const LOCK_MS = 10_000;
const LOOK_FOR_STALLED_MS = 5_000;

/**
 * The processor, decorated when the settings are known: `@Processor` needs the queue's name, and ours is a setting.
 */
export const processorProvider: FactoryProvider<MergedMessageProcessor> = {
  provide: MergedMessageProcessor,
  inject: [SETTINGS, Delivery, Turns, BotWatch, DeliveryMetrics, Consumption],
  useFactory: (
    settings: Settings,
    delivery: Delivery,
    turns: Turns,
    botWatch: BotWatch,
    metrics: DeliveryMetrics,
    consumption: Consumption,
  ) => {
    @Processor(
      { name: settings.handOff.queueName, configKey: CONSUMER },
      workerOptions(settings, consumption),
    )
    class ConfiguredProcessor extends MergedMessageProcessor {}
    return new ConfiguredProcessor(delivery, turns, botWatch, metrics);
  },
};

function workerOptions(
  { bot }: Settings,
  consumption: Consumption,
): Omit<WorkerOptions, 'connection'> & ConsumerOptions {
  return {
    // Started after everything else, so that a process that does not come up takes no message.
    autorun: false,
    consumption,
    concurrency: bot.concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_FOR_STALLED_MS,
    // By default the second death of a worker fails its jobs. We count the tries ourselves.
    maxStalledCount: 1_000_000,
  };
}
