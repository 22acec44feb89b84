import { Injectable } from '@nestjs/common';
import type { CompanyId } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { BotTimes, botTimeKey } from './bot-times';

/** How often the usual time is written at the most, ms: it is read every 5 s, and changes slowly. */
const WRITTEN_EVERY_MS = 10_000;
/** How long it is known after the last write, s: a bot that nobody has called for longer may be another. */
const KEPT_S = 3_600;

/**
 * Tells `PreemptiveStart` on all webhooks, and the live page, how long the bot usually takes. Each worker writes what it has measured itself,
 * and the latest value stands: all of them call the same bot.
 */
@Injectable()
export class UsualBotTime {
  /** By key; as many as there are companies with settings of their own. */
  private readonly measured = new Map<string, { times: BotTimes; writtenAtMs: number }>();

  constructor(private readonly store: BatchStore) {}

  /**
   * The bot has answered a call for a message. The value is written in the background; if Redis cannot serve, a later call
   * writes it.
   *
   * @param ms from the beginning of the call to its answer.
   */
  took(ms: number, companyId: CompanyId | null): void {
    const key = botTimeKey(this.store, companyId);
    const own = this.measured.get(key) ?? { times: new BotTimes(), writtenAtMs: -Infinity };
    this.measured.set(key, own);
    own.times.add(ms);
    const nowMs = performance.now();
    if (nowMs - own.writtenAtMs < WRITTEN_EVERY_MS) return;
    const { usualMs } = own.times;
    if (usualMs === null) return;
    own.writtenAtMs = nowMs;
    // The delivery goes on whatever becomes of it: without the value, the bot is only called later.
    this.store.commands((redis) => redis.set(key, usualMs, 'EX', KEPT_S)).catch(() => undefined);
  }
}
