import { Inject, Injectable, Logger } from '@nestjs/common';
import { BatchService, conversationOf, SETTINGS, type Settings } from '@app/batching';
import type { GatewayEvent, MessageEvent } from '@app/gateways';
import { overCap } from '../over-cap';
import { companyOf } from './company';
import type { EventAnswer } from './event.answer';
import { incoming } from './incoming';

/** Takes in what gateways report: messages are stored, one atomic append each; everything else changes nothing yet. */
@Injectable()
export class EventIntake {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly batches: BatchService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * One after the other, for their order is the order of arrival; the first refusal refuses all, to be sent again.
   *
   * @throws ProblemException 429 where a conversation is full.
   * @throws StoreUnavailableError where Redis cannot serve.
   */
  async takeAll(events: readonly GatewayEvent[]): Promise<EventAnswer[]> {
    const answers: EventAnswer[] = [];
    for (const event of events) {
      await this.learnAliases(event);
      answers.push(await this.take(event));
    }
    return answers;
  }

  private async take(event: GatewayEvent): Promise<EventAnswer> {
    switch (event.kind) {
      case 'message':
        return event.customer.startsWith('wa-group:') ? ignored(event, 'group') : this.store(event);
      case 'ignored':
        return ignored(event, event.reason);
      default:
        return ignored(event, 'not-acted-on');
    }
  }

  private async learnAliases(event: GatewayEvent): Promise<void> {
    const company = companyOf(event, this.settings.gateways.companies);
    for (const { alias, phone } of event.aliases) {
      await this.batches.learnAlias(conversationOf(alias, company), conversationOf(phone, company));
    }
  }

  private async store(event: MessageEvent): Promise<EventAnswer> {
    const company = companyOf(event, this.settings.gateways.companies);
    const appended = await this.batches.append(conversationOf(event.customer, company), incoming(event));
    const { conversation } = appended;
    switch (appended.outcome) {
      case 'over-cap':
        throw overCap(conversation.id, appended);
      case 'too-large':
        // No refusal: a gateway would send it again and again, and everything behind it would wait.
        this.logger.warn('A message is larger than MAX_BATCH_BYTES and was not stored', {
          gateway: event.gateway,
          conversationId: conversation.id,
          maxBytes: appended.maxBytes,
        });
        return ignored(event, 'too-large');
      default: {
        const { kind, messageId } = event;
        return { kind, outcome: appended.outcome, conversationId: conversation.id, messageId };
      }
    }
  }
}

function ignored({ kind, messageId }: GatewayEvent, reason: string): EventAnswer {
  return { kind, outcome: 'ignored', conversationId: null, messageId, reason };
}
