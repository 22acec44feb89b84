import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random';
import { statusOf } from './status';

const RETRY_MS = 20;
/** How many messages are voice notes, where anybody speaks. */
const SPOKEN = 0.1;

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
  /** Those who write, from the beginning. */
  readonly phones: string[] = [];
  private total = 0;

  constructor(
    private readonly webhooks: readonly string[],
    private readonly random: Random,
    /** How often a customer pauses between two messages. */
    private readonly pauses = 0.2,
    /** Where the files of voice notes are; null: nobody speaks. */
    private readonly files: string | null = null,
  ) {}

  get totalAccepted(): number {
    return this.total;
  }

  /** Lets `count` customers write, each one message after the other, until `isOver`. */
  async write(count: number, isOver: () => boolean): Promise<void> {
    for (let i = 0; i < count; i += 1) this.phones.push(`7900${1_000_000 + i}`);
    await Promise.all(this.phones.map((phone) => this.writeOne(phone, isOver)));
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
    const messageId = `${phone}-${n}`;
    const speaks = this.files !== null && this.random.next() < SPOKEN;
    const said = speaks ? this.noteOf(messageId) : { message: String(n) };
    const body = JSON.stringify(Object.assign({ phone, companyId: 7, messageId }, said));
    for (;;) {
      const began = performance.now();
      const status = await statusOf(
        'POST',
        `${this.random.pick(this.webhooks)}/webhook/whatsapp/batched`,
        body,
      );
      if (status === 200) return;
      this.sent.retries += 1;
      this.sent.refusals.set(status, (this.sent.refusals.get(status) ?? 0) + 1);
      if (status === 503) {
        this.sent.slowestRefusalMs = Math.max(this.sent.slowestRefusalMs, performance.now() - began);
      }
      await pause(RETRY_MS);
    }
  }

  private noteOf(messageId: string): object {
    const media = { url: `${this.files}/files/${messageId}`, mimeType: 'audio/ogg', type: 'voice' };
    return { type: 'ptt', message: '', media };
  }
}
