import { SetupError } from '../setup/steps.mjs';

const ANSWER_MS = 20_000;

/** Speaks to a running system as a gateway and as an operator do. */
export class Client {
  /**
   * @param {string} url
   * @param {{ key?: string, secret?: string }} [secrets]
   */
  constructor(url, { key = '', secret = '' } = {}) {
    this.url = url;
    this.key = key;
    this.secret = secret;
  }

  async isReady() {
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(
      () => null,
    );
    return answer?.ok ?? false;
  }

  /** @returns {Promise<{ outcome: string, size: number, dueAt: number | null }>} */
  send(/** @type {object} */ message) {
    const headers = { 'content-type': 'application/json', 'x-webhook-secret': this.secret };
    return this.#call('/webhook/whatsapp/batched', {
      method: 'POST',
      headers,
      body: JSON.stringify(message),
    });
  }

  /** The customer's latest batch that was handed off. */
  async latestBatch(/** @type {string} */ phone) {
    const path = `/admin/history?limit=1&phone=${encodeURIComponent(phone)}`;
    const { items } = await this.#call(path, { headers: { 'x-api-key': this.key } });
    return items[0];
  }

  /**
   * @param {string} path
   * @param {RequestInit} init
   * @returns {Promise<any>} the answer, read as JSON
   */
  async #call(path, init) {
    const answer = await fetch(this.url + path, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    const body = /** @type {any} */ (await answer.json());
    if (answer.ok) return body;
    const hint = answer.status === 401 ? ' Give it with --secret or --key.' : '';
    throw new SetupError(`${this.url}${path} answered ${answer.status}: ${body.detail ?? body.title}${hint}`);
  }
}
