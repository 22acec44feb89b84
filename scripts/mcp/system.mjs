/** How long a call may take, ms: longer than the system's own limits. */
const TIMEOUT_MS = 30_000;

/** A running system, called by its address and secrets. */
export class System {
  /**
   * @param {string} url
   * @param {{ key: string, secret: string }} secrets an operator's key, and the webhook's secret; empty where none is wanted
   */
  constructor(url, { key, secret }) {
    this.url = url.replace(/\/$/, '');
    /** @type {Record<string, string>} */
    this.headers = { 'content-type': 'application/json' };
    if (key !== '') this.headers['x-api-key'] = key;
    if (secret !== '') this.headers['x-webhook-secret'] = secret;
  }

  /**
   * Never throws.
   *
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {Record<string, string | number | undefined>} [query] those that are left out are not sent
   * @param {object} [body]
   * @returns {Promise<{ ok: boolean, text: string }>} what it answered, or why it did not
   */
  async call(method, path, query = {}, body) {
    const address = new URL(`${this.url}${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) address.searchParams.set(name, String(value));
    try {
      const answer = await fetch(address, {
        method,
        headers: this.headers,
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { ok: answer.ok, text: await answer.text() };
    } catch (error) {
      const { cause, message } = /** @type {Error & { cause?: NodeJS.ErrnoException }} */ (error);
      return {
        ok: false,
        text: `No answer from ${this.url} (${cause?.code ?? message}). Does it run there?`,
      };
    }
  }
}
