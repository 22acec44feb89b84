import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Changed, Changes, type ReportedEdit } from '@app/batching';
import type { Conversation } from '@app/contracts';
import { type EditEvent, idsPerChat, type RevokeEvent } from '@app/gateways';
import { ProblemException } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { actorOf } from './actor';
import { chatIn } from './chat';
import { companyOf } from './company';
import { type EventAnswer, ignored } from './event.answer';
import { EventForwarder } from './event.forwarder';
import { Placement } from './placement';

/** Takes in customers' changes to messages that they have sent: found by the message's id, and permitted only to the author. */
@Injectable()
export class ChangeIntake {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly changes: Changes,
    private readonly forwarder: EventForwarder,
    private readonly placement: Placement,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * @throws ProblemException 429 if the conversation has no room for the new text.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async take(event: EditEvent | RevokeEvent): Promise<EventAnswer> {
    const { gateway, account, targetId } = event;
    const companyId = companyOf(event, this.settings.companies);
    const chat = chatIn(event);
    const isPerChat = chat !== null && idsPerChat(gateway);
    const target = { companyId, gateway, account, messageId: targetId, ...(isPerChat && { chat }) };
    const by = actorOf(event);
    const hint = this.placement.of(event);
    const changed =
      event.kind === 'edit'
        ? await this.changes.edit(target, editIn(event), hint, by)
        : await this.changes.revoke(target, hint, by);
    return this.answer(event, changed);
  }

  private answer(
    event: EditEvent | RevokeEvent,
    { outcome, conversation }: Changed,
  ): EventAnswer | Promise<EventAnswer> {
    switch (outcome) {
      case 'edited':
      case 'revoked':
      case 'early':
      case 'duplicate':
        return {
          kind: event.kind,
          outcome,
          conversationId: conversation?.id ?? null,
          messageId: event.messageId,
        };
      case 'over-cap':
        throw noRoom(conversation);
      case 'too-large':
        this.logger.warn('An edit is larger than MAX_BATCH_BYTES; its message keeps the old text', {
          gateway: event.gateway,
          conversationId: conversation?.id ?? null,
          maxBytes: this.settings.window.maxBytes,
        });
        return ignored(event, outcome);
      case 'not-author':
        this.logger.warn('Another person than its author tried to change a message', {
          kind: event.kind,
          gateway: event.gateway,
          conversationId: conversation?.id ?? null,
        });
        return ignored(event, outcome);
      case 'after-hand-off':
        return this.forwarder.take(event, conversation, outcome);
      case 'outdated':
        return ignored(event, outcome);
      default:
        return outcome satisfies never;
    }
  }
}

// The batch ahead is handed off, and its share of the cap with it; an edit does not ask when exactly.
const RETRY_AFTER_S = 10;

function noRoom(conversation: Conversation | null): ProblemException {
  const detail = `${conversation?.id ?? 'The conversation'} has no room for this edit (MAX_PENDING_BYTES). Send it again later.`;
  return new ProblemException(429, { detail }, RETRY_AFTER_S);
}

function editIn({ timestampMs: at, editId: id, text, isTranscript }: EditEvent): ReportedEdit {
  return { at, id, text, ...(isTranscript && { isTranscript }) };
}
