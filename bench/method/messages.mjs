import { randomUUID } from 'node:crypto';

/** What the recorded customer wrote: short, and not in ASCII. */
const FRAGMENTS = ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'];

/** One fragment after another. */
export function fragment(/** @type {number} */ i) {
  return FRAGMENTS[i % FRAGMENTS.length] ?? '';
}
export const COMPANY = 962302;

/** A customer of the benchmarks. */
export function phoneOf(/** @type {number} */ i) {
  return `7900${String(i % 10_000_000).padStart(7, '0')}`;
}

/** Bodies of requests: one conversation after another, every message with an id of its own. */
export class Bodies {
  #conversations;
  #sent = 0;
  #run = Math.random().toString(36).slice(2, 10).toUpperCase();

  constructor(/** @type {number} */ conversations) {
    this.#conversations = conversations;
  }

  next() {
    const i = (this.#sent += 1);
    return this.of(phoneOf(i % this.#conversations));
  }

  of(/** @type {string} */ phone) {
    const messageId = `3EB0${this.#run}${String((this.#sent += 1)).padStart(8, '0')}`;
    return JSON.stringify({
      phone: `+${phone}`,
      message: fragment(this.#sent),
      companyId: COMPANY,
      messageId,
    });
  }
}

/** A payload of the queue as the batcher makes it. */
export function aMergedMessage(/** @type {number} */ i, messages = 1) {
  const phone = phoneOf(i);
  const source = { gateway: 'generic', account: null, chatId: `+${phone}` };
  const at = 1_795_252_395_196;
  const messageId = `3EB0${String(i).padStart(16, '0')}`;
  const text = fragment(i);
  const part = {
    messageId,
    type: 'text',
    text,
    timestamp: at,
    receivedAt: at,
    media: null,
    metadata: {},
    source,
  };
  return {
    version: 1,
    batchId: `b-${randomUUID()}`,
    conversationId: `${COMPANY}:${phone}`,
    phone,
    companyId: COMPANY,
    text: Array(messages).fill(text).join(' '),
    messageCount: messages,
    messages: Array(messages).fill(part),
    flushReason: 'quiet',
    firstMessageAt: at,
    lastMessageAt: at,
    flushedAt: at,
    channel: 'whatsapp',
  };
}
