import { type DynamicModule, Module } from '@nestjs/common';
import { BatchingConfigModule, BatchProcessorModule, type Settings } from '@app/batching';
import { WebhookModule } from '../apps/webhook/src/webhook.module';
import { MergedMessagePrinter } from './merged-message.printer';

/** Every role in one process, for one machine: webhook, batcher, and a consumer that prints what a bot would get. */
@Module({ imports: [WebhookModule, BatchProcessorModule], providers: [MergedMessagePrinter] })
export class AllInOneModule {
  static register(settings: Settings): DynamicModule {
    return { module: AllInOneModule, imports: [BatchingConfigModule.forRoot(settings)] };
  }
}
