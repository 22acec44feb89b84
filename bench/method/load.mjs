import autocannon from 'autocannon';
import { Pool } from 'undici';
import { percentilesOf } from './figures.mjs';

/** How often the pace looks whether a request is due, ms. */
const BEAT_MS = 2;

/**
 * As fast as the answers come, over so many connections.
 *
 * @param {string} url
 * @param {{ connections: number, durationS: number, headers: Record<string, string>, nextBody: () => string }} load
 * @throws Error where an answer is not 2xx, for a refusal is quick and proves nothing
 */
export async function flatOut(url, { connections, durationS, headers, nextBody }) {
  const {
    '2xx': answered,
    non2xx,
    errors,
    duration,
    latency,
  } = await autocannon({
    url,
    connections,
    duration: durationS,
    requests: [{ method: 'POST', headers, setupRequest: (request) => ({ ...request, body: nextBody() }) }],
  });
  if (non2xx + errors > 0)
    throw new Error(`${url}: ${non2xx} answers were not 2xx, ${errors} came not at all`);
  return { answered, perS: answered / duration, p50Ms: latency.p50, p99Ms: latency.p99 };
}

/**
 * At an even pace, whatever the answers do. The time of each counts from when it should have been sent, so that a
 * system that stalls is not spared the requests that it kept from being sent.
 *
 * @param {number} perS
 * @param {number} durationS
 * @param {(i: number) => Promise<unknown>} send
 */
export async function paced(perS, durationS, send) {
  /** @type {number[]} */
  const tookMs = [];
  /** @type {Promise<void>[]} */
  const sent = [];
  const startMs = performance.now();
  const total = perS * durationS;
  while (sent.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * perS) + 1);
    while (sent.length < due) {
      const i = sent.length;
      const dueMs = startMs + (i / perS) * 1000;
      sent.push(send(i).then(() => void tookMs.push(performance.now() - dueMs)));
    }
    await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
  }
  await Promise.all(sent);
  return percentilesOf(tookMs);
}

/** A client that keeps so many connections to one address. */
export class Sender {
  #pool;
  #headers;

  /**
   * @param {string} url
   * @param {number} connections
   * @param {Record<string, string>} headers
   */
  constructor(url, connections, headers) {
    this.#pool = new Pool(url, { connections });
    this.#headers = headers;
  }

  /**
   * @returns {Promise<any>} the answer, read as JSON
   * @throws Error where it is not 2xx
   */
  async post(/** @type {string} */ path, /** @type {string} */ body) {
    const { statusCode, body: answer } = await this.#pool.request({
      method: 'POST',
      path,
      headers: this.#headers,
      body,
    });
    if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}: ${await answer.text()}`);
    return answer.json();
  }

  close() {
    return this.#pool.close();
  }
}
