import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random';

const ANSWER_MS = 5_000;
const RETRY_MS = 20;

/** What the customers of a storm have sent, and how it was answered. */
export interface Sent {
  /** Conversation → how many messages were answered with 2xx, numbered from 1. */
  accepted: Map<string, number>;
  retries: number;
  /** Refusals by status; 0 where there was no answer at all. */
  refusals: Map<number, number>;
  /** The slowest 503, ms. */
  slowestRefusalMs: number;
}

/**
 * Customers who number their messages and send each again, under the same id, until it is answered with 2xx: what a
 * gateway does that loses nothing either.
 */
export class Customers {
  readonly sent: Sent = { accepted: new Map(), retries: 0, refusals: new Map(), slowestRefusalMs: 0 };
  private total = 0;

  constructor(
    private readonly webhooks: readonly string[],
    private readonly random: Random,
    /** How often a customer pauses between two messages. */
    private readonly pauses = 0.2,
  ) {}

  get totalAccepted(): number {
    return this.total;
  }

  /** Lets `count` customers write, each one message after the other, until `isOver`. */
  async write(count: number, isOver: () => boolean): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, i) => this.writeOne(`7900${1_000_000 + i}`, isOver)));
  }

  private async writeOne(phone: string, isOver: () => boolean): Promise<void> {
    for (let n = 1; !isOver(); n += 1) {
      await this.sendUntilAccepted(phone, n);
      this.sent.accepted.set(`7:${phone}`, n);
      this.total += 1;
      if (this.random.next() < this.pauses) await pause(this.random.between(10, 600));
    }
  }

  private async sendUntilAccepted(phone: string, n: number): Promise<void> {
    const body = JSON.stringify({ phone, companyId: 7, message: String(n), messageId: `${phone}-${n}` });
    for (;;) {
      const began = performance.now();
      const status = await post(`${this.random.pick(this.webhooks)}/webhook/whatsapp/batched`, body);
      if (status === 200) return;
      this.sent.retries += 1;
      this.sent.refusals.set(status, (this.sent.refusals.get(status) ?? 0) + 1);
      if (status === 503) {
        this.sent.slowestRefusalMs = Math.max(this.sent.slowestRefusalMs, performance.now() - began);
      }
      await pause(RETRY_MS);
    }
  }
}

async function post(url: string, body: string): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
