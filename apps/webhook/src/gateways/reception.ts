import { Injectable, Logger } from '@nestjs/common';
import { Unreadable } from '@app/batching';
import { type GatewayName, GATEWAYS } from '@app/gateways';
import type { EventsAnswer } from './event.answer';
import { EventIntake } from './event.intake';
import { keptBody, parseBody } from './gateway.body';
import { GatewayMetrics } from './gateway.metrics';
import { isUnderstood, misunderstandings } from './understanding';

/** Takes whole bodies in: what is understood goes on, what is not is counted and kept for an operator to see. */
@Injectable()
export class Reception {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly intake: EventIntake,
    private readonly unreadable: Unreadable,
    private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * Sent again, nothing would be clearer, so what cannot be understood is no error.
   *
   * @throws ProblemException 429 where a conversation is full.
   * @throws StoreUnavailableError where Redis cannot serve.
   */
  async take(gateway: GatewayName, bytes: unknown): Promise<EventsAnswer> {
    const body = parseBody(bytes);
    const events = body.isJson ? GATEWAYS[gateway].read(body.payload) : [];
    const results = isUnderstood(events) ? await this.intake.takeAll(events) : [];
    const reasons = body.isJson ? misunderstandings(events) : [body.reason];
    if (reasons.length > 0) {
      const length = Buffer.isBuffer(bytes) ? bytes.length : 0;
      await this.unreadable.keep({ gateway, reasons, bytes: length, body: keptBody(body) });
      for (const reason of reasons) this.metrics.notUnderstood(gateway, reason);
      // Its content is a stranger's: no line of a log.
      this.logger.warn('A body could not be understood', { gateway, reasons, bytes: length });
    }
    return { success: true, results };
  }
}
