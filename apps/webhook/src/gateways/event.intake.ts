import { Injectable, Logger } from '@nestjs/common';
import type { GatewayEvent, MessageEvent } from '@app/gateways';
import { takeInTurn, worstOf } from '../in-turn';
import { overCap } from '../over-cap';
import { ActionIntake } from './action.intake';
import { type EventAnswer, ignored } from './event.answer';
import { EventNotes } from './event.notes';
import { GatewayMetrics } from './gateway.metrics';
import { MessageIntake } from './message.intake';
import { Placement } from './placement';

/** The most results in one answer: more than Meta puts into one body, and 2 MB. */
export const MAX_RESULTS = 10_000;

/** Takes in gateways' events. Aliases are learned first, in separate steps; a repeat changes nothing. */
@Injectable()
export class EventIntake {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly messages: MessageIntake,
    private readonly actions: ActionIntake,
    private readonly placement: Placement,
    private readonly metrics: GatewayMetrics,
    private readonly notes: EventNotes,
  ) {}

  /**
   * Tries each event. If one is refused for now, the answer is an error with the results of all: events that were taken
   * change nothing when all are sent again.
   *
   * @param onlyOutage see `Refusals`: without Redis alone the answer is an error; other refusals are among the results.
   * @throws ProblemException 429 if a conversation is full; 503 without Redis; 500 for a fault of ours.
   */
  async takeAll(events: readonly GatewayEvent[], onlyOutage = false): Promise<EventAnswer[]> {
    const { answers, refusals } = await takeInTurn(events, {
      conversationOf: (event) => (event.kind === 'ignored' ? null : (this.placement.of(event)?.id ?? null)),
      take: async (event) => {
        await this.messages.learnAliases(event);
        return event.kind === 'message' ? this.store(event) : this.actions.take(event);
      },
      refused: ({ kind, messageId }, { reason }): EventAnswer => ({
        kind,
        outcome: 'refused',
        conversationId: null,
        messageId,
        reason,
      }),
    });
    for (const [i, event] of events.entries()) {
      const answer = answers[i] as EventAnswer;
      this.metrics.answered(event.gateway, answer);
      this.notes.note(event, answer);
    }
    const errors = refusals.filter(({ reason }) => !onlyOutage || reason === 'unavailable');
    if (errors.length > 0) throw worstOf(refusals, answers.slice(0, MAX_RESULTS));
    return answers;
  }

  private async store(event: MessageEvent): Promise<EventAnswer> {
    const appended = await this.messages.append(event);
    if (typeof appended === 'string') return ignored(event, appended);
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
      case 'blocked':
        return ignored(event, appended.outcome);
      default: {
        const { kind, messageId } = event;
        return { kind, outcome: appended.outcome, conversationId: conversation.id, messageId };
      }
    }
  }
}
