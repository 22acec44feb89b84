import { eventually, pause } from './eventually';
import { postJson } from './http';

const PATH = '/webhook/whatsapp/batched';
/** Between two messages of a sender, and before a message is repeated, ms. */
const PACE_MS = 20;

/** Senders that number their messages, and repeat each until it is answered with 2xx. */
export class NumberedMessages {
  private readonly accepted = new Set<string>();
  private running: Promise<unknown> = Promise.resolve();
  private stopped = false;
  /** Attempts that were refused, cut off or never taken. */
  repeated = 0;

  constructor(private readonly url: string) {}

  start(senders: number): void {
    this.running = Promise.all(Array.from({ length: senders }, (_, i) => this.send(i)));
  }

  /** Resolves with the ids of all accepted messages, once the last is accepted. */
  async stop(): Promise<string[]> {
    this.stopped = true;
    await this.running;
    return [...this.accepted].sort();
  }

  get count(): number {
    return this.accepted.size;
  }

  /** Resolves once this many more have been accepted. */
  async more(howMany: number): Promise<void> {
    const enough = this.count + howMany;
    await eventually(
      `${howMany} more messages accepted`,
      () => Promise.resolve(this.count),
      (count) => count >= enough,
    );
  }

  private async send(sender: number): Promise<void> {
    const phone = `7900000${String(sender).padStart(4, '0')}`;
    for (let i = 0; !this.stopped; i += 1) {
      const messageId = `${sender}-${i}`;
      while (!(await this.isTaken({ phone, message: messageId, messageId }))) {
        this.repeated += 1;
        await pause(PACE_MS);
      }
      this.accepted.add(messageId);
      await pause(PACE_MS);
    }
  }

  private async isTaken(message: object): Promise<boolean> {
    const answer = await postJson(this.url + PATH, message).catch(() => null);
    return answer?.status === 200;
  }
}
