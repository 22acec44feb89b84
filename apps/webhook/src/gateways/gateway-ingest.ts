import { Injectable, Logger } from '@nestjs/common';
import { Unreadable, type UnreadableBody } from '@app/batching';
import type { Gateway } from '@app/gateways';
import { ProblemException } from '@app/platform';
import type { EventsAnswer } from './event.answer';
import { EventIntake, MAX_RESULTS } from './event.intake';
import { holdsMoreEntries, keptBody, parseBody } from './gateway.body';
import { GatewayMetrics } from './gateway.metrics';
import { isUnderstood, misunderstandings, refusalsIn } from './understanding';

/** The smallest message of WhatsApp is over 80 bytes of JSON: `BODY_LIMIT`'s 4 MB hold no more of them than this. */
const MAX_ENTRIES = 50_000;

/** Takes in whole bodies: what is understood is processed, what is not taken is counted and kept for an operator. */
@Injectable()
export class GatewayIngest {
  private readonly logger = new Logger('Gateways');

  constructor(
    private readonly intake: EventIntake,
    private readonly unreadable: Unreadable,
    private readonly metrics: GatewayMetrics,
  ) {}

  /**
   * A body that cannot be understood is no error, because a repeat would not help; nor is what is refused, if the gateway
   * cannot be refused.
   *
   * @throws ProblemException 413 for more entries than any gateway sends; the errors of `EventIntake.takeAll`.
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async take(
    { name: gateway, read, refusals, bodyFormat = 'json' }: Gateway,
    bytes: unknown,
  ): Promise<EventsAnswer> {
    const body = parseBody(bytes, bodyFormat);
    if (body.isParsed && holdsMoreEntries(body.payload, MAX_ENTRIES)) throw tooMany();
    const events = body.isParsed ? read(body.payload) : [];
    const results = isUnderstood(events) ? await this.intake.takeAll(events, refusals?.onlyOutage) : [];
    const reasons = body.isParsed ? [...misunderstandings(events), ...refusalsIn(results)] : [body.reason];
    if (reasons.length > 0) {
      const about = { gateway, reasons, bytes: Buffer.isBuffer(bytes) ? bytes.length : 0 };
      await this.keep({ ...about, body: keptBody(body) });
      // Without its content, which is a stranger's and must not be logged.
      this.logger.warn('A body was not taken whole, and is kept for an operator', about);
    }
    const omitted = results.length - MAX_RESULTS;
    return { success: true, results: results.slice(0, MAX_RESULTS), ...(omitted > 0 && { omitted }) };
  }

  /**
   * A body was too large to be read: its size is all that can be kept.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async noteTooLarge(gateway: string, bytes: number): Promise<void> {
    await this.keep({ gateway, reasons: ['too-large'], bytes, body: null });
    this.logger.error('A body is larger than BODY_LIMIT: what it says was not read', { gateway, bytes });
  }

  private async keep(body: UnreadableBody): Promise<void> {
    await this.unreadable.keep(body);
    for (const reason of body.reasons) this.metrics.notUnderstood(body.gateway, reason);
  }
}

function tooMany(): ProblemException {
  return new ProblemException(413, { detail: `The body's lists have more than ${MAX_ENTRIES} entries.` });
}
