import { Logger } from '@nestjs/common';
import type { MergedMessage } from '@app/batching';
import { Bot, type BotOutcome } from './bot';

/** Stands in for a bot where there is no `BOT_URL`: shows each message, and says nothing. */
export class PrintingBot extends Bot {
  private readonly logger = new Logger('Bot');

  /** @param masked true where lines may hold no text of customers. */
  constructor(private readonly masked: boolean) {
    super();
  }

  take({
    phone,
    conversationId,
    text,
    batchId,
    messageCount,
    flushReason,
  }: MergedMessage): Promise<BotOutcome> {
    const words = this.masked ? '' : `: ${text}`;
    this.logger.log(`Merged message for ${phone ?? conversationId}${words}`, {
      batchId,
      messageCount,
      flushReason,
    });
    return Promise.resolve({ kind: 'answered', replies: [] });
  }
}
