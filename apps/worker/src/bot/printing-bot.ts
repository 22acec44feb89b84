import { Logger } from '@nestjs/common';
import { isSimulated, parseConversationId, type Reply } from '@app/contracts';
import {
  Bot,
  type BotOutcome,
  type BotRequest,
  isCommitNotice,
  isEvent,
  NOTHING_KNOWN,
  type Recalled,
} from './bot';

/**
 * Replaces the bot if there is no `BOT_URL`: prints what the bot would be sent, and gives no replies but to simulated
 * customers, who hear their own words.
 */
export class PrintingBot extends Bot {
  private readonly logger = new Logger('Bot');

  /** @param masked true if lines must not contain customers' words. */
  constructor(private readonly masked: boolean) {
    super();
  }

  take(request: BotRequest): Promise<BotOutcome> {
    const { phone, conversationId } = request;
    const said = isCommitNotice(request) ? null : request.text;
    const words = this.masked || said === null ? '' : `: ${said}`;
    if (isEvent(request)) {
      const { eventId, kind, targetId } = request;
      this.logger.log(`Event of ${phone ?? conversationId}${words}`, { eventId, kind, targetId });
    } else if (!isCommitNotice(request)) {
      const { batchId, messageCount, flushReason } = request;
      const fields = { batchId, messageCount, flushReason };
      this.logger.log(`Merged message for ${phone ?? conversationId}${words}`, fields);
    }
    return Promise.resolve({ kind: 'answered', replies: echoOf(request), notUnderstood: null });
  }

  recall(): Promise<Recalled> {
    return Promise.resolve(NOTHING_KNOWN);
  }

  keep(): Promise<void> {
    return Promise.resolve();
  }
}

function echoOf(request: BotRequest): Reply[] {
  if (isEvent(request) || isCommitNotice(request)) return [];
  const { customer } = parseConversationId(request.conversationId);
  return isSimulated(customer) ? [{ text: `You wrote: ${request.text}` }] : [];
}
