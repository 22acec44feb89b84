const EVENTS = 'bull:messages:events';
/** BullMQ trims its events to some ten thousand; here each is needed. */
const ENOUGH_EVENTS = 10_000_000;
const PAGE = 10_000;
const POLL_MS = 20;

/** When jobs came to the queue, by Redis's own clock, to the millisecond: the ids of BullMQ's `added` events. */
export class JobTimes {
  #client;
  #from = '-';

  constructor(/** @type {import('./redis-process.mjs').RedisProcess} */ { client }) {
    this.#client = client;
  }

  /** Call it when the process that makes the queue is there, for it sets the same field. */
  async keepAll() {
    await this.#client.hset('bull:messages:meta', 'opts.maxLenEvents', ENOUGH_EVENTS);
    this.#from = `(${(await this.#client.xrevrange(EVENTS, '+', '-', 'COUNT', 1))[0]?.[0] ?? '0-0'}`;
  }

  /**
   * Resolves once a job of each of these conversations has come; jobs of others are passed over.
   *
   * @param {Iterable<string>} conversations
   * @returns {Promise<Map<string, number>>} conversation → ms
   */
  async ofAll(conversations) {
    const wanted = new Set(conversations);
    /** @type {Map<string, number>} */
    const found = new Map();
    while (found.size < wanted.size) {
      const page = await this.#client.xrange(EVENTS, this.#from, '+', 'COUNT', PAGE);
      await Promise.all(
        page.map(async ([id, fields]) => {
          const conversation = await this.#conversationIn(fields);
          if (wanted.has(conversation)) found.set(conversation, Number(id.split('-')[0]));
        }),
      );
      const last = page.at(-1)?.[0];
      if (last === undefined) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      else this.#from = `(${last}`;
    }
    return found;
  }

  async #conversationIn(/** @type {string[]} */ fields) {
    if (fields[fields.indexOf('event') + 1] !== 'added') return '';
    const job = fields[fields.indexOf('jobId') + 1] ?? '';
    const data = JSON.parse((await this.#client.hget(`bull:messages:${job}`, 'data')) ?? '{}');
    return data.conversationId;
  }
}
