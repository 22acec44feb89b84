import { type DynamicModule, Module } from '@nestjs/common';
import { batchingHealth, BatchingModule, HandOffModule, takesRole } from '@app/batching';
import { FailureLimitModule, ScrapeModule } from '@app/platform';
import { type Settings, SettingsModule } from '@app/settings';
import { AccessModule } from './access/access.module';
import { ReadSessions } from './access/read-sessions';
import { ADMIN_CONTROLLERS } from './admin/controllers';
import { DeadLetterList } from './admin/dead-letter.list';
import { OperatorNotes } from './admin/operator.notes';
import { RedisIdentity } from './admin/redis-identity';
import { SteeredConversations } from './admin/steered-conversations';
import { ActionIntake } from './gateways/action.intake';
import { ChangeIntake } from './gateways/change.intake';
import { EventForwarder } from './gateways/event.forwarder';
import { EventIntake } from './gateways/event.intake';
import { EventNotes } from './gateways/event.notes';
import { GatewayIngest } from './gateways/gateway-ingest';
import { GATEWAY_CONTROLLERS } from './gateways/gateway.controllers';
import { GatewayMetrics } from './gateways/gateway.metrics';
import { MessageIntake } from './gateways/message.intake';
import { OwnReplies } from './gateways/own-replies';
import { Placement } from './gateways/placement';
import { ReceiptIntake } from './gateways/receipt.intake';
import { Spill } from './gateways/spill';
import { TypingAndHoldIntake } from './gateways/typing-and-hold.intake';
import { LiveFeed } from './live/live-feed';
import { LivePage } from './live/live-page';
import { LivePageController } from './live/live-page.controller';
import { LiveController } from './live/live.controller';
import { SimulatorController } from './live/simulator.controller';
import { QueueViewController } from './queues/queue-view.controller';
import { LateReplyController } from './replies/late-reply.controller';
import { LateReplyMetrics } from './replies/late-reply.metrics';
import { Intake } from './whatsapp/intake';
import { PresenceController } from './whatsapp/presence.controller';
import { WhatsappController } from './whatsapp/whatsapp.controller';

/** Takes messages in and answers operators. */
@Module({
  imports: [
    AccessModule,
    FailureLimitModule,
    BatchingModule,
    HandOffModule,
    ScrapeModule,
    batchingHealth(true),
  ],
  controllers: [
    WhatsappController,
    PresenceController,
    ...GATEWAY_CONTROLLERS,
    ...ADMIN_CONTROLLERS,
    LateReplyController,
    QueueViewController,
    LivePageController,
    LiveController,
    SimulatorController,
  ],
  providers: [
    takesRole('webhook'),
    Intake,
    MessageIntake,
    Placement,
    OwnReplies,
    EventIntake,
    ActionIntake,
    TypingAndHoldIntake,
    ChangeIntake,
    EventForwarder,
    EventNotes,
    GatewayMetrics,
    ReceiptIntake,
    GatewayIngest,
    Spill,
    RedisIdentity,
    DeadLetterList,
    ReadSessions,
    LivePage,
    LiveFeed,
    SteeredConversations,
    LateReplyMetrics,
    OperatorNotes,
  ],
})
export class WebhookModule {
  /** The whole application, with its settings. */
  static register(settings: Settings): DynamicModule {
    return { module: WebhookModule, imports: [SettingsModule.forRoot(settings)] };
  }
}
