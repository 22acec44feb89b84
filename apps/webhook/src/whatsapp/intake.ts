import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Appended, AppendMetrics } from '@app/batching';
import type { GatewayEvent, MessageEvent } from '@app/gateways';
import { type FieldError, invalid, ProblemException } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { ActionIntake } from '../gateways/action.intake';
import { EventNotes } from '../gateways/event.notes';
import { MessageIntake } from '../gateways/message.intake';
import { Placement } from '../gateways/placement';
import { takeInTurn, worstOf } from '../in-turn';
import { overCap } from '../over-cap';
import type { MessageAnswer } from './answers';
import type { ReadItem, UnreadableItem } from './message.reader';

/** Takes in what forwarders post to the plain calls, with one atomic append for each item, in the order of the request. */
@Injectable()
export class Intake {
  private readonly logger = new Logger('Messages');

  constructor(
    private readonly messages: MessageIntake,
    private readonly actions: ActionIntake,
    private readonly placement: Placement,
    private readonly metrics: AppendMetrics,
    private readonly notes: EventNotes,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Tries each item. If one is refused for now, the answer is an error with the results of all. Items that were
   * stored and have ids are duplicates when all are sent again.
   *
   * @param direct due at once, together with what is pending.
   * @throws ProblemException 400 naming the wrong fields, if no item can be read; 413 if one is too large
   *   for any batch and none was stored; 429 for a full conversation; 503 without Redis; 500 for a fault of ours.
   */
  async takeAll(items: readonly ReadItem[], direct: boolean): Promise<MessageAnswer[]> {
    this.refuseUnreadable(items);
    const { answers, refusals } = await takeInTurn(items, {
      conversationOf: (item) => this.homeOf(item),
      take: (item) => this.take(item, direct),
      refused: (item, { reason }) => unplaced(item.ok ? item.event.messageId : null, 'refused', reason),
    });
    if (refusals.length > 0) throw worstOf(refusals, answers);
    this.refuseTooLarge(answers);
    return answers;
  }

  private refuseUnreadable(items: readonly ReadItem[]): void {
    const faulty = items.filter((item): item is UnreadableItem => !item.ok);
    faulty.forEach(() => this.metrics.appended('invalid'));
    if (faulty.length === items.length) throw invalid(faulty.flatMap(({ errors }) => errors));
  }

  /** A repeated message would be as large, but that is no reason to refuse the other items. */
  private refuseTooLarge(answers: readonly MessageAnswer[]): void {
    const tooLarge = answers.filter(({ reason }) => reason === 'too-large');
    if (tooLarge.length === 0 || answers.some(({ outcome }) => outcome !== 'ignored')) return;
    const { maxBytes } = this.settings.window;
    const detail = `${tooLarge.length === 1 ? 'A message is' : 'Messages are'} larger than ${maxBytes} bytes (MAX_BATCH_BYTES), the text counted once.`;
    throw new ProblemException(413, { detail, ...(answers.length > 1 && { results: answers }) });
  }

  private homeOf(item: ReadItem): string | null {
    if (!item.ok || item.event.kind === 'ignored') return null;
    return this.placement.of(item.event)?.id ?? null;
  }

  private async take(item: ReadItem, direct: boolean): Promise<MessageAnswer> {
    if (!item.ok) return unreadable(item.errors);
    const { event } = item;
    await this.messages.learnAliases(event);
    const answer = event.kind === 'message' ? await this.store(event, direct) : await this.act(event);
    this.notes.note(event, answer);
    return answer;
  }

  private async store(event: MessageEvent, direct: boolean): Promise<MessageAnswer> {
    const appended = await this.messages.append(event, direct);
    return typeof appended === 'string'
      ? unplaced(event.messageId, 'ignored', appended)
      : this.answer(event, appended);
  }

  private async act(event: Exclude<GatewayEvent, MessageEvent>): Promise<MessageAnswer> {
    const { outcome, conversationId, messageId, reason } = await this.actions.take(event);
    this.logger.log(`Event: ${event.kind}, ${outcome}`, { conversationId, reason });
    const answer = { success: true, outcome, conversationId, messageId, size: 0, dueAt: null };
    return reason === undefined ? answer : { ...answer, reason };
  }

  private answer({ messageId }: MessageEvent, appended: Appended): MessageAnswer {
    const { id } = appended.conversation;
    switch (appended.outcome) {
      case 'too-large':
        this.logger.warn('A message is larger than MAX_BATCH_BYTES and was not stored', {
          conversationId: id,
          maxBytes: appended.maxBytes,
        });
        return Object.assign(unplaced(messageId, 'ignored', 'too-large'), {
          success: false,
          conversationId: id,
        });
      case 'over-cap':
        throw overCap(id, appended);
      case 'revoked':
      case 'blocked':
        return unplaced(messageId, 'ignored', appended.outcome);
      default: {
        const { outcome, size, dueAt } = appended;
        return { success: true, outcome, conversationId: id, messageId, size, dueAt };
      }
    }
  }
}

function unreadable(errors: FieldError[]): MessageAnswer {
  return Object.assign(unplaced(null, 'ignored', 'invalid'), { success: false, errors });
}

function unplaced(messageId: string | null, outcome: 'ignored' | 'refused', reason: string): MessageAnswer {
  const success = outcome === 'ignored';
  return { success, outcome, conversationId: null, messageId, size: 0, dueAt: null, reason };
}
