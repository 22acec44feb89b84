import { setTimeout as pause } from 'node:timers/promises';
import type { Customers } from './customers';
import type { Random } from './random';
import { statusOf } from './status';

const RETRY_MS = 20;
/** Of the company's settings at run time, one after the other: policies and windows change while batches are open. */
const SETTINGS: readonly object[] = [
  { bot: 'off' },
  { busyPolicy: 'supersede' },
  { busyPolicy: 'supersede', window: { batchTimeout: 150, maxBatchSize: 20 } },
  { window: { maxMessagesPerMinute: 5 } },
  { busyPolicy: 'parallel' },
  { busyPolicy: 'hold', window: { batchTimeout: 500, maxBatchSize: 3 } },
];
const COMPANY = '/admin/companies/7/settings';

/**
 * Those who act on a storm's conversations beside its customers: operators who mute the bot, switch it off, and change the company's
 * settings, and colleagues who answer by hand. Each repeats what it does until it is answered with 2xx, or 404 where there was nothing.
 */
export class Staff {
  /** What colleagues have written, acknowledged: each text once. */
  readonly said: string[] = [];
  /** How often each act was done. */
  readonly acts = new Map<string, number>();

  constructor(
    private readonly webhooks: readonly string[],
    private readonly customers: Pick<Customers, 'phones'>,
    private readonly random: Random,
  ) {}

  async act(isOver: () => boolean): Promise<void> {
    await Promise.all([this.operate(isOver), this.settle(isOver), this.answer(isOver)]);
  }

  /** From now on nobody is muted, nothing is off, and nothing waits for the end of a minute or of a hold. */
  async leave(): Promise<void> {
    await this.call('took settings back', 'DELETE', COMPANY);
    for (const phone of this.customers.phones) {
      await this.steer('unmute', phone);
      await this.steer('release', phone);
      await this.call('flush', 'POST', `/admin/batches/${phone}/flush?companyId=7`);
    }
  }

  private async operate(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const phone = this.random.pick(this.customers.phones);
      await this.steer('mute', phone);
      await pause(this.random.between(0, 1_500));
      await this.steer('unmute', phone);
    }
  }

  private async settle(isOver: () => boolean): Promise<void> {
    for (let i = 0; !isOver(); i += 1) {
      await pause(this.random.between(200, 1_500));
      await this.call('settings', 'PUT', COMPANY, SETTINGS[i % SETTINGS.length]);
      await pause(this.random.between(200, 1_500));
      if (this.random.next() < 0.5) await this.call('took settings back', 'DELETE', COMPANY);
    }
  }

  private async answer(isOver: () => boolean): Promise<void> {
    for (let n = 1; !isOver(); n += 1) {
      await pause(this.random.between(50, 400));
      const to = `${this.random.pick(this.customers.phones)}@c.us`;
      const about = { from: '79990000000@c.us', to, fromMe: true, companyId: 7, type: 'chat' };
      const body = `by hand ${n}`;
      // Not as a web client's begin, through which our own replies go.
      const id = `true_${to}_3A0F00D0${String(n).padStart(12, '0')}`;
      await this.call('by hand', 'POST', '/webhook/venom', Object.assign(about, { id, body }));
      this.said.push(body);
    }
  }

  private steer(verb: string, phone: string): Promise<void> {
    return this.call(verb, 'POST', `/admin/conversations/${phone}/${verb}?companyId=7`);
  }

  private async call(name: string, method: string, path: string, body?: object): Promise<void> {
    for (;;) {
      const url = this.random.pick(this.webhooks) + path;
      const status = await statusOf(method, url, body && JSON.stringify(body));
      if (status === 200 || status === 404) break;
      if (status >= 400 && status < 429) throw new Error(`${method} ${path} was answered ${status}`);
      await pause(RETRY_MS);
    }
    this.acts.set(name, (this.acts.get(name) ?? 0) + 1);
  }
}
