import { pause } from '../support/eventually';
import { BATCHED, type System } from '../support/system';

const PACE_MS = 100;

/** Customers who write, send twice and send nonsense, until they are told to stop: something for every metric to show. */
export class CustomersWriting {
  private stopped = false;
  private readonly ended: Promise<void>;

  constructor(private readonly system: System) {
    this.ended = this.write();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.ended;
  }

  private async write(): Promise<void> {
    for (let n = 0; !this.stopped; n += 1) {
      const message = { phone: `7900${1_000_000 + (n % 20)}`, message: `fragment ${n}`, messageId: `m-${n}` };
      await this.system.post(BATCHED, message);
      await this.system.post(BATCHED, message);
      await this.system.post(BATCHED, {});
      await this.system.post('/webhook/waha', { event: 'message', payload: { id: n } });
      await pause(PACE_MS);
    }
  }
}
