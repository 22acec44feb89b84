import { Injectable } from '@nestjs/common';
import { type SentMessage, SentReplies, type SentReply } from '@app/batching';
import { answering, type EventBase, idsPerChat } from '@app/gateways';
import { chatIn } from './chat';
import { Placement } from './placement';

/** Whether the message of an event is a reply that we have sent, by whichever route its gateway reports it. */
@Injectable()
export class OwnReplies {
  constructor(
    private readonly sentReplies: SentReplies,
    private readonly placement: Placement,
  ) {}

  /**
   * The reply that the message was; null if it was none of ours, or longer than a day ago.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async find(event: EventBase): Promise<SentReply | null> {
    const message = this.messageOf(event);
    return message && this.sentReplies.find(message);
  }

  /**
   * Notes that the reply that the message was has not reached the customer.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async noteUndelivered(event: EventBase, reply: SentReply, why: string): Promise<void> {
    const message = this.messageOf(event);
    if (message) await this.sentReplies.noteUndelivered(message, reply, why);
  }

  private messageOf(event: EventBase): SentMessage | null {
    const { gateway: source, account, messageId } = event;
    if (messageId === null) return null;
    const gateway = answering(source)?.name ?? source;
    const chat = idsPerChat(gateway) ? chatIn(event) : null;
    const companyId = this.placement.companyOf(event);
    return { companyId, gateway, account, messageId, ...(chat !== null && { chat }) };
  }
}
