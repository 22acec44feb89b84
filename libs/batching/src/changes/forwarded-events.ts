import { hash } from 'node:crypto';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import {
  MESSAGE_EVENT_JOB,
  type ForwardedEvent,
  type Conversation,
  channelOf,
  phoneOf,
  chatOf,
} from '@app/contracts';
import { KEEP_FINISHED, MERGED_MESSAGES } from '../queue/queue';
import { asOutage } from '../redis/outage';

/** An event as a gateway reports it; `id` tells two events about one message apart. */
export type ReportedEvent = Pick<
  ForwardedEvent,
  'kind' | 'targetId' | 'text' | 'at' | 'source' | 'batchId' | 'reason'
> & {
  id: string | null;
  /** Only if the gateway counts ids separately in each chat. */
  idsPerChat?: true;
};

/** Puts events on the queue that come too late to change a batch, for bots that ask for them. */
@Injectable()
export class ForwardedEvents {
  constructor(@InjectQueue(MERGED_MESSAGES) private readonly queue: Queue) {}

  /**
   * Resolves once the event is on the queue, where it exists once, however often it is delivered.
   *
   * @throws StoreUnavailableError if Redis cannot serve; a repeat is safe.
   */
  async forward(
    conversation: Conversation,
    { id, idsPerChat, ...reported }: ReportedEvent,
  ): Promise<ForwardedEvent> {
    const event: ForwardedEvent = {
      version: 1,
      eventId: eventIdOf(conversation, { id, ...(idsPerChat && { idsPerChat }), ...reported }),
      conversationId: conversation.id,
      phone: phoneOf(conversation.customer),
      companyId: conversation.companyId,
      ...reported,
      channel: channelOf(conversation.customer),
    };
    const options = { jobId: event.eventId, removeOnComplete: KEEP_FINISHED, removeOnFail: false };
    try {
      await this.queue.add(MESSAGE_EVENT_JOB, event, options);
    } catch (error) {
      throw asOutage(error);
    }
    return event;
  }
}

/** Without the conversation, unless ids count there alone: a customer's two ids may each deliver the same event. */
function eventIdOf({ companyId, customer }: Conversation, event: ReportedEvent): string {
  const { kind, targetId, text, at, source, id } = event;
  const identity = [kind, companyId, source.gateway, source.account, targetId, id ?? at ?? text];
  if (event.idsPerChat) identity.push(chatOf(customer));
  return `e-${hash('sha256', JSON.stringify(identity), 'base64url').slice(0, 22)}`;
}
