import { Inject, Injectable, Logger } from '@nestjs/common';
import { TimelineRecorder, TypingAndHold } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { isEvent } from '../bot/bot';
import { addressOf } from '../replies/reply-address';
import { ReplySender } from '../replies/reply-sender';
import { BotAttempts, type DeliverySettings } from './bot-attempts';
import type { DeliveryOutcome } from './delivery-outcome';
import { DeliveryMetrics } from './delivery.metrics';
import type { Work } from './work';

/** Leaves a conversation to humans, because the bot has asked for that. */
@Injectable()
export class Handover {
  private readonly logger = new Logger('Handover');

  constructor(
    private readonly typingAndHold: TypingAndHold,
    private readonly sender: ReplySender,
    private readonly attempts: BotAttempts,
    private readonly metrics: DeliveryMetrics,
    private readonly timeline: TimelineRecorder,
    @Inject(SETTINGS)
    private readonly settings: Pick<Settings, 'of'> & { bot: DeliverySettings },
  ) {}

  /**
   * Holds what the customer writes from now on, tells the gateway if it knows who answers, and raises the alarm. Null once that is
   * done: the gateway is asked several times, but the replies never stay behind for it. Done again, all of it is the same.
   *
   * @throws JobLostError if another worker has the job.
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async perform({ request, delivery }: Work): Promise<DeliveryOutcome | null> {
    if (isEvent(request)) return null;
    const { batchId, conversationId } = request;
    const conversation = parseConversationId(conversationId);
    await delivery.confirm();
    await this.typingAndHold.hold(conversation);
    const address = addressOf(request);
    const told = await this.sender.handOver(address);
    const attempts = delivery.now.attempts + 1;
    const mayTryAgain = told.kind === 'unsent' || told.kind === 'unknown';
    if (mayTryAgain && attempts < this.settings.bot.maxAttempts) {
      await delivery.note({ attempts });
      const askedMs = told.kind === 'unsent' ? told.retryAfterMs : null;
      return this.attempts.tryAgain(request, { failures: attempts, error: told.answer.error }, askedMs);
    }
    await delivery.note({ handover: 'done', attempts: 0 });
    const { holdMs: forMs } = this.settings.of(conversation.companyId).humanReply;
    this.timeline.record(conversation, { kind: 'takeover', did: 'held', why: 'handover', forMs });
    const { gateway } = address;
    const fields = { batchId, conversationId, gateway };
    this.metrics.handedOver(gateway);
    this.logger.warn('The bot hands a conversation over to humans: it is held', fields);
    if ('answer' in told)
      this.logger.error(
        'The gateway was not told that humans answer; open the conversation there by hand, and check its token',
        { ...fields, error: told.answer.error },
      );
    return null;
  }
}
