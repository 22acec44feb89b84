import { Injectable, Logger } from '@nestjs/common';
import { type SentReply, TimelineRecorder } from '@app/batching';
import { type Conversation, parseConversationId } from '@app/contracts';
import type { StatusEvent } from '@app/gateways';
import type { EventAnswer } from './event.answer';
import { EventForwarder } from './event.forwarder';
import { GatewayMetrics } from './gateway.metrics';
import { OwnReplies } from './own-replies';

const NO_REASON = 'the gateway gives no reason';

/** Takes the delivery states of our messages: the bot is told if it asks for them, and a failure is never silent. */
@Injectable()
export class ReceiptIntake {
  private readonly logger = new Logger('Replies');

  constructor(
    private readonly ownReplies: OwnReplies,
    private readonly forwarder: EventForwarder,
    private readonly metrics: GatewayMetrics,
    private readonly timeline: TimelineRecorder,
  ) {}

  /** @throws StoreUnavailableError if Redis cannot serve; a repeat is safe. */
  async take(event: StatusEvent, conversation: Conversation | null): Promise<EventAnswer> {
    if (event.status !== 'failed') return this.forwarder.take(event, conversation, 'not-acted-on');
    const reply = await this.ownReplies.find(event);
    const reason = event.failure ?? NO_REASON;
    const answer = await this.forwarder.take(event, conversation, 'not-acted-on', {
      reason,
      ...(reply && { batchId: reply.batchId }),
    });
    // The note comes last: a report that is made twice is better than none.
    if (reply?.undelivered === undefined) this.report(event, reply, reason);
    if (reply) await this.ownReplies.noteUndelivered(event, reply, reason);
    return answer;
  }

  private report({ gateway, messageId }: StatusEvent, found: SentReply | null, error: string): void {
    // Another program sent it, or more than a day has passed.
    if (found === null) {
      this.logger.log('A message that is no reply of ours was not delivered', { gateway, messageId, error });
      return;
    }
    const { batchId, conversationId, reply } = found;
    this.metrics.replyUndelivered(gateway);
    this.timeline.record(parseConversationId(conversationId), {
      kind: 'reply',
      batchId,
      reply,
      gateway,
      state: 'undelivered',
      error,
    });
    this.logger.error('A reply was not delivered', {
      batchId,
      conversationId,
      reply,
      gateway,
      messageId,
      error,
    });
  }
}
