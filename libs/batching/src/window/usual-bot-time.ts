import { Injectable } from '@nestjs/common';
import { BatchStore } from '../store/batch-store';
import { BotTimes } from './bot-times';

/** How often the usual time is written at the most, ms: it is read every 5 s, and changes slowly. */
const WRITTEN_EVERY_MS = 10_000;
/** How long it is known after the last write, s: a bot that nobody has called for longer may be another. */
const KEPT_S = 3_600;

/**
 * Tells `PreemptiveStart` on all webhooks how long the bot usually takes. Each worker writes what it has measured itself,
 * and the latest value stands: all of them call the same bot.
 */
@Injectable()
export class UsualBotTime {
  private readonly times = new BotTimes();
  private writtenAtMs = -Infinity;

  constructor(private readonly store: BatchStore) {}

  /**
   * The bot has answered a call for a message. The value is written in the background; if Redis cannot serve, a later call
   * writes it.
   *
   * @param ms from the beginning of the call to its answer.
   */
  took(ms: number): void {
    if (this.store.settings.turns.start !== 'auto') return;
    this.times.add(ms);
    const nowMs = performance.now();
    if (nowMs - this.writtenAtMs < WRITTEN_EVERY_MS) return;
    const { usualMs } = this.times;
    if (usualMs === null) return;
    this.writtenAtMs = nowMs;
    const { botTime } = this.store.partitions.home;
    // The delivery goes on whatever becomes of it: without the value, the bot is only called later.
    this.store.commands((redis) => redis.set(botTime, usualMs, 'EX', KEPT_S)).catch(() => undefined);
  }
}
