import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SetAsideError } from '@app/batching';
import type { Gateway, GatewayEvent } from '@app/gateways';
import { ProblemException } from '@app/platform';
import { storeProblem } from '../store-problem';
import type { EventsAnswer } from './event.answer';
import { GatewayIngest } from './gateway-ingest';
import { parseBody } from './gateway.body';
import { GatewayMetrics } from './gateway.metrics';

/** A body that came while Redis could not serve. */
interface Spilt {
  readonly gateway: Gateway;
  readonly bytes: Buffer;
}

const TRY_AGAIN_MS = 1_000;
/** Enough for minutes of any gateway without its files; the process must not die of an outage. */
const MAX_BYTES = 32 * 1024 * 1024;
/** What a body takes beside its bytes, roughly. */
const OVERHEAD_BYTES = 512;

/** Kinds of event that still mean something once the outage is over. */
const LASTING: ReadonlySet<GatewayEvent['kind']> = new Set(['message', 'edit', 'revoke', 'echo']);

/**
 * Takes bodies in, and keeps those that an outage of Redis refused where their gateway does not send them again. The gateway hears of the
 * refusal all the same: nothing is promised for what only this process holds. If it does send one again, its messages are known by
 * their ids.
 */
@Injectable()
export class Spill implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Gateways');
  private readonly spilt: Spilt[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private draining: Promise<void> | null = null;
  private isFull = false;

  constructor(
    private readonly ingest: GatewayIngest,
    private readonly metrics: GatewayMetrics,
  ) {}

  /** @throws as `GatewayIngest.take`. */
  async take(gateway: Gateway, bytes: unknown): Promise<EventsAnswer> {
    try {
      return await this.ingest.take(gateway, bytes);
    } catch (error) {
      if (gateway.refusals?.comesOnce && isOutage(error) && Buffer.isBuffer(bytes))
        this.keep({ gateway, bytes });
      throw error;
    }
  }

  /** The last chance of what is still kept; what Redis cannot take now is lost with the process. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.drain();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.spilt.length > 0)
      this.logger.error('Messages that came while Redis was away are lost with this process', {
        bodies: this.spilt.length,
      });
  }

  private keep(spilt: Spilt): void {
    if (!isWorthKeeping(spilt)) return;
    const size = spilt.bytes.length + OVERHEAD_BYTES;
    if (this.bytes + size > MAX_BYTES) {
      if (!this.isFull)
        this.logger.error('No more messages can be kept until Redis is back', { bytes: MAX_BYTES });
      this.isFull = true;
      return;
    }
    this.spilt.push(spilt);
    this.bytes += size;
    this.metrics.spilt(this.spilt.length);
    this.logger.warn('A message is kept in memory until Redis is back', { gateway: spilt.gateway.name });
    this.tryLater();
  }

  private tryLater(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.drain().catch((error: unknown) => this.logger.error('Unforeseen error', String(error)));
    }, TRY_AGAIN_MS);
  }

  /** One at a time: two would take the same body, and each would drop one behind it. Never rejects. */
  private drain(): Promise<void> {
    this.draining ??= this.takeAll().finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  /** In the order in which they came, one after the other. */
  private async takeAll(): Promise<void> {
    for (let next = this.spilt[0]; next !== undefined; next = this.spilt[0]) {
      const { gateway, bytes } = next;
      try {
        // Nobody can be asked to send it again: what is refused now is kept for an operator.
        await this.ingest.take({ ...gateway, refusals: { onlyOutage: true } }, bytes);
      } catch (error) {
        if (isOutage(error)) {
          this.tryLater();
          return;
        }
        this.logger.error('A message that was kept through an outage could not be taken', {
          gateway: gateway.name,
          error: String(error),
        });
      }
      this.spilt.shift();
      this.bytes -= bytes.length + OVERHEAD_BYTES;
      this.metrics.spilt(this.spilt.length);
    }
    this.isFull = false;
  }
}

/** A repeat must change nothing, so that each of its messages needs an id; and typing is over by then. */
function isWorthKeeping({ gateway, bytes }: Spilt): boolean {
  const body = parseBody(bytes, gateway.bodyFormat ?? 'json');
  const events = body.isParsed ? gateway.read(body.payload) : [];
  const lasting = events.filter(
    (event) => LASTING.has(event.kind) || (event.kind === 'ignored' && event.attendedBy !== undefined),
  );
  return (
    lasting.length > 0 && lasting.every(({ kind, messageId }) => kind !== 'message' || messageId !== null)
  );
}

function isOutage(error: unknown): boolean {
  if (error instanceof SetAsideError) return false;
  const problem = error instanceof ProblemException ? error : storeProblem(error);
  return problem?.getStatus() === 503;
}
