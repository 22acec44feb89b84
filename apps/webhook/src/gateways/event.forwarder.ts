import { Inject, Injectable, Logger } from '@nestjs/common';
import { ForwardedEvents } from '@app/batching';
import type { Conversation } from '@app/contracts';
import {
  type EditEvent,
  idsPerChat,
  type ReactionEvent,
  type RevokeEvent,
  type StatusEvent,
  type SystemEvent,
  type UnsupportedEvent,
} from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { type EventAnswer, ignored } from './event.answer';

/** The events that a bot can ask for in addition to messages. */
export type ForwardableEvent =
  EditEvent | RevokeEvent | ReactionEvent | StatusEvent | SystemEvent | UnsupportedEvent;

/** Sends the bot events that are no messages, if `FORWARD_EVENTS` asks for them. */
@Injectable()
export class EventForwarder {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly events: ForwardedEvents,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * @param conversation null if it is unknown; then the bot is not told.
   * @param otherwise why the event is ignored if it is not asked for.
   * @param more what is known of it beside what the gateway says.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async take(
    event: ForwardableEvent,
    conversation: Conversation | null,
    otherwise: string,
    more: { batchId?: string; reason?: string } = {},
  ): Promise<EventAnswer> {
    const { kind, messageId } = event;
    if (conversation === null) return ignored(event, otherwise);
    const { forwarded } = this.settings.of(conversation.companyId).gateways;
    if (!forwarded.has(kind)) return ignored(event, otherwise);
    const { eventId } = await this.events.forward(conversation, {
      ...reported(event),
      ...more,
      ...(idsPerChat(event.gateway) && { idsPerChat: true }),
    });
    this.logger.log('Event forwarded', { conversationId: conversation.id, eventId, kind });
    return { kind, outcome: 'forwarded', conversationId: conversation.id, messageId };
  }
}

function reported(event: ForwardableEvent): Parameters<ForwardedEvents['forward']>[1] {
  const { kind, gateway, account, chatId, timestampMs, messageId } = event;
  const at = timestampMs;
  const source = { gateway, account, chatId: chatId ?? '' };
  switch (kind) {
    case 'edit':
      return { kind, targetId: event.targetId, text: event.text, at, source, id: event.editId };
    case 'revoke':
      return { kind, targetId: event.targetId, text: null, at, source, id: 'revoked' };
    case 'reaction':
      return { kind, targetId: event.targetId, text: event.text, at, source, id: messageId ?? actOf(event) };
    case 'status':
      return { kind, targetId: messageId, text: event.status, at, source, id: event.status };
    case 'system':
      return { kind, targetId: null, text: event.newCustomer, at, source, id: messageId ?? actOf(event) };
    case 'unsupported':
      return { kind, targetId: messageId, text: null, at, source, id: messageId };
  }
}

/** Tells events apart that have no id: two people may react to one message, or leave, within one second of a gateway's clock. */
function actOf(event: ReactionEvent | SystemEvent): string {
  const { customer, sender, topic, timestampMs } = event;
  const did = event.kind === 'reaction' ? event.text : event.change;
  return JSON.stringify([customer, sender, topic, timestampMs, did]);
}
