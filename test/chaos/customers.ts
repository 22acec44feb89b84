import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random';
import { statusOf } from './status';

const RETRY_MS = 20;
/** How many messages are voice notes, where anybody speaks. */
const SPOKEN = 0.1;

/** How many posts of a customer with two ids show both. */
const BOTH_SHOWN = 0.05;

/** Every third customer, where operators act too. */
function hasTwoIds(phone: string): boolean {
  return Number(phone) % 3 === 0;
}

function lidOf(phone: string): string {
  return `24175${phone.slice(1)}`;
}

/** The conversation, or the chat, under a customer's phone, whichever id it was under. */
export function byPhone(id: string): string {
  return id.replace(/@(?:lid|c\.us)$/, '').replace(/(?:wa-lid:)?24175(\d{10})$/, '7$1');
}

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
    const who = this.files !== null && hasTwoIds(phone) ? this.twoIdsOf(phone) : { phone };
    const body = JSON.stringify(Object.assign({ companyId: 7, messageId }, who, said));
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

  /** Most gateways' posts name the one, and now and then both: from then on they are one customer. */
  private twoIdsOf(phone: string): object {
    const from = `${lidOf(phone)}@lid`;
    return this.random.next() < BOTH_SHOWN ? { from, sender: { id: `${phone}@c.us` } } : { from };
  }

  private noteOf(messageId: string): object {
    const media = { url: `${this.files}/files/${messageId}`, mimeType: 'audio/ogg', type: 'voice' };
    return { type: 'ptt', message: '', media };
  }
}
