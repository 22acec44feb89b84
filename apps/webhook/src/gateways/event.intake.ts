import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  BatchService,
  type Conversation,
  conversationOf,
  type CustomerId,
  memberIdOf,
  SETTINGS,
  type Settings,
} from '@app/batching';
import type { GatewayEvent, MessageEvent } from '@app/gateways';
import { customerUnder } from '../groups';
import { takeInTurn, worstOf } from '../in-turn';
import { overCap } from '../over-cap';
import { AttentionIntake } from './attention.intake';
import { ChangeIntake } from './change.intake';
import { companyOf } from './company';
import { type EventAnswer, ignored } from './event.answer';
import { GatewayMetrics } from './gateway.metrics';
import { EventForwarder } from './event.forwarder';
import { incoming } from './incoming';

/** So many results an answer has at most: more than Meta puts into one body, and 2 MB. */
export const MAX_RESULTS = 10_000;

/** Takes in what gateways report: one atomic step each, or none. */
@Injectable()
export class EventIntake {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly batches: BatchService,
    private readonly changes: ChangeIntake,
    private readonly attention: AttentionIntake,
    private readonly forwarder: EventForwarder,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Each event is tried. Where one is refused for now, the answer is an error with the results of all: what was taken
   * changes nothing when all is sent again.
   *
   * @throws ProblemException 429 where a conversation is full; 503 without Redis; 500 for a fault of ours.
   */
  async takeAll(events: readonly GatewayEvent[]): Promise<EventAnswer[]> {
    const { answers, refusals } = await takeInTurn(events, {
      conversationOf: (event) => (event.kind === 'ignored' ? null : (this.conversationOf(event)?.id ?? null)),
      take: async (event) => {
        await this.learnAliases(event);
        return this.take(event);
      },
      refused: ({ kind, messageId }, { reason }): EventAnswer => ({
        ...{ kind, outcome: 'refused', conversationId: null, messageId, reason },
      }),
    });
    for (const [i, answer] of answers.entries()) this.metrics.answered(events[i]?.gateway ?? '', answer);
    if (refusals.length > 0) throw worstOf(refusals, answers.slice(0, MAX_RESULTS));
    return answers;
  }

  private async take(event: GatewayEvent): Promise<EventAnswer> {
    switch (event.kind) {
      case 'message':
        return this.store(event);
      case 'edit':
      case 'revoke':
        return this.changes.take(event);
      case 'presence':
        return this.attention.takePresence(event);
      case 'echo':
        return this.attention.takeEcho(event);
      case 'reaction':
      case 'status':
      case 'system':
      case 'unsupported':
        return this.forwarder.take(event, this.conversationOf(event), 'not-acted-on');
      case 'ignored':
        return ignored(event, event.reason);
      default:
        return event satisfies never;
    }
  }

  private async learnAliases(event: GatewayEvent): Promise<void> {
    const learn = (alias: CustomerId, phone: CustomerId): Promise<number> =>
      this.batches.learnAlias(this.with(event, alias), this.with(event, phone));
    const { customer, sender, aliases } = event;
    const hasMembers = this.settings.gateways.groups === 'per-sender' && sender !== null;
    for (const { alias, phone } of aliases) {
      await learn(alias, phone);
      if (hasMembers && customer !== null)
        await learn(memberIdOf(customer, alias), memberIdOf(customer, phone));
    }
  }

  private conversationOf(event: GatewayEvent): Conversation | null {
    const { customer, sender } = event;
    const home = customer && customerUnder(this.settings.gateways.groups, customer, sender);
    return home === null ? null : this.with(event, home);
  }

  private with(event: GatewayEvent, customer: CustomerId): Conversation {
    return conversationOf(customer, companyOf(event, this.settings.gateways.companies));
  }

  private async store(event: MessageEvent): Promise<EventAnswer> {
    const home = this.conversationOf(event);
    if (home === null) return ignored(event, 'group');
    const appended = await this.batches.append(home, incoming(event));
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
      case 'revoked':
        return ignored(event, 'revoked');
      default: {
        const { kind, messageId } = event;
        return { kind, outcome: appended.outcome, conversationId: conversation.id, messageId };
      }
    }
  }
}
