import { Logger } from '@nestjs/common';
import type { RedisClient } from '../redis/redis-client';

/**
 * Rings when the next batch is due, between the ticks that guarantee it: a timer for the earliest known time, and a
 * wake-up from any process that makes a batch due sooner. Losing either costs one tick.
 */
export class BatchAlarm {
  private readonly logger = new Logger(BatchAlarm.name);
  private timer: NodeJS.Timeout | null = null;
  private ringsAtMs = Infinity;

  constructor(
    private readonly subscriber: RedisClient,
    private readonly channel: string,
    private readonly ring: () => void,
  ) {}

  /** Begins to listen; if Redis is away, it subscribes when Redis comes back. */
  listen(): void {
    this.subscriber.on('message', (_channel, delayMs: string) => this.set(Number(delayMs)));
    this.subscriber.subscribe(this.channel).catch((error: unknown) => {
      this.logger.warn('No wake-ups for now, the sweep goes on without', { error: String(error) });
    });
  }

  /** Rings after `delayMs` at the latest; an earlier alarm stays. */
  set(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (at >= this.ringsAtMs) return;
    this.clear();
    this.ringsAtMs = at;
    this.timer = setTimeout(() => {
      this.clear();
      this.ring();
    }, delayMs);
  }

  /** Stops the alarm; the caller has ended the subscriber's connection, or will. */
  clear(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.ringsAtMs = Infinity;
  }
}
