import { type DynamicModule, Module } from '@nestjs/common';
import { batchingHealth, ProcessModule, takesRole } from '@app/batching';
import { ScrapeModule } from '@app/platform';
import { type Settings, SettingsModule } from '@app/settings';
import { Assistant } from './assistant';
import { BotController } from './bot/bot.controller';
import { callBodiesProvider } from './bot/call-bodies.provider';
import { SignedBody } from './bot/signed-body';
import { ConversationMemory } from './context/conversation-memory';
import { AssistantMetrics } from './metrics/assistant.metrics';
import { LanguageModel } from './model/language-model';
import { systemTaskProvider } from './model/system-task.provider';
import { Toolbox } from './tools/toolbox';
import { toolsProvider } from './tools/tools.provider';
import { CommittedTurns } from './turn/committed-turns';

/** A bot that answers with a language model. */
@Module({
  imports: [ProcessModule, ScrapeModule, batchingHealth()],
  controllers: [BotController],
  providers: [
    takesRole('assistant'),
    callBodiesProvider,
    AssistantMetrics,
    SignedBody,
    ConversationMemory,
    systemTaskProvider,
    toolsProvider,
    Toolbox,
    LanguageModel,
    Assistant,
    CommittedTurns,
  ],
})
export class AssistantModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: AssistantModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
