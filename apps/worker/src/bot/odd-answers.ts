import { Injectable, Logger } from '@nestjs/common';
import { Unreadable } from '@app/batching';
import type { MergedMessage } from '@app/contracts';
import { SilentFaults } from '../silent-faults';
import type { NotUnderstood } from './bot';

/** How much of an answer the log line shows, where texts are shown at all. */
const BEGINNING = 200;
/** What stands in the place of the gateway. */
const BOT = 'bot';

/** Sees to it that an answer that nobody understands is not lost without a word: log, and `GET /admin/unreadable`. */
@Injectable()
export class OddAnswers {
  private readonly logger = new Logger('Bot');

  constructor(
    private readonly unreadable: Unreadable,
    private readonly faults: SilentFaults,
  ) {}

  /** @param sent the replies that were understood, in number. Never rejects. */
  async report({ batchId, conversationId }: MergedMessage, odd: NotUnderstood, sent: number): Promise<void> {
    const { shape, bytes, answer } = odd;
    this.faults.answerNotUnderstood(shape);
    const { status, error, headers, body } = answer;
    this.logger.warn('The bot answered something that is not understood; it is kept with the job', {
      batchId,
      shape,
      sent,
      contentType: headers['content-type'],
      text: body.trim().slice(0, BEGINNING),
    });
    const kept = { batchId, conversationId, status, error, headers, answer: body };
    await this.unreadable
      .keep({ gateway: BOT, reasons: [`answer-${shape}`], bytes, body: kept })
      // The answer is with the job as well, and the replies that were understood must go.
      .catch((thrown: unknown) =>
        this.logger.debug('An answer was not kept among the unreadable', { batchId, error: String(thrown) }),
      );
  }
}
