import { createRequire } from 'node:module';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import { inRoot } from '../../scripts/setup/steps.mjs';
import { COMPANY, fragment, phoneOf } from './messages.mjs';

const AT_ONCE = 1_000;
// The benchmark's own appends are not what is measured.
Logger.overrideLogger(false);

/** The library, from the build, on a client of the benchmark's own: the applications' client is measured where they run. */
export class Batching {
  #appended = 0;

  /**
   * @param {import('./redis-process.mjs').RedisProcess} redis
   * @param {Record<string, string>} [env]
   */
  constructor(redis, env = {}) {
    const load = createRequire(import.meta.url);
    // By name and at run time: the build may be made by this very run.
    this.library = load(inRoot('dist/libs/batching/src/index.js'));
    this.contracts = load(inRoot('dist/libs/contracts/src/index.js'));
    const { BatchService, BatchStore, Pause } = this.library;
    const { loadSettings } = load(inRoot('dist/libs/settings/src/index.js'));
    const settings = loadSettings({ NODE_ENV: 'test', REDIS_URL: redis.url, ...env });
    this.client = new Redis(redis.url, { enableAutoPipelining: true, maxRetriesPerRequest: null });
    this.store = new BatchStore(this.client, settings);
    this.service = new BatchService(this.store);
    this.pause = new Pause(this.store);
  }

  /** Stores a customer's message as the webhook would. */
  append(/** @type {string} */ phone, /** @type {string} */ messageId, direct = false) {
    this.#appended += 1;
    const source = { gateway: 'generic', account: null, chatId: `+${phone}` };
    const message = {
      messageId,
      type: 'text',
      text: fragment(this.#appended),
      media: null,
      metadata: {},
      source,
      timestamp: null,
    };
    return this.service.append(this.contracts.conversationOf(phone, COMPANY), message, direct);
  }

  /**
   * Stores so many messages in each of so many conversations.
   *
   * @param {{ from?: number, conversations: number, messages?: number, direct?: boolean }} what
   */
  async fill({ from = 0, conversations, messages = 1, direct = false }) {
    for (let first = from; first < conversations; first += AT_ONCE) {
      const last = Math.min(conversations, first + AT_ONCE);
      for (let message = 0; message < messages; message += 1) {
        const appends = [];
        for (let i = first; i < last; i += 1) {
          const messageId = `3EB0${String(message).padStart(4, '0')}${String(i).padStart(12, '0')}`;
          appends.push(this.append(phoneOf(i), messageId, direct));
        }
        await Promise.all(appends);
      }
    }
  }

  stop() {
    this.client.disconnect();
  }
}
