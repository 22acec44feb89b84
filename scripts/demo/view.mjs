const BAR = 30;
const CLEAR_LINE = '\r\x1b[2K';

/** Shows a conversation as it happens: on a terminal with a window that counts down, elsewhere line by line. */
export class View {
  #live = process.stdout.isTTY;
  #windowMs = 0;

  say(/** @type {string} */ text) {
    this.#line(`  ${text}\n`);
  }

  /**
   * @param {string} text
   * @param {{ outcome: string, size: number, dueAt: number | null }} answer
   */
  fragment(text, { outcome, size, dueAt }) {
    this.#windowMs = Math.max(1, (dueAt ?? 0) - Date.now());
    this.#line(`  ${clock()}  customer  ${text.padEnd(28)} ${outcome}, ${size} waiting`);
  }

  /** The silence that is left until the batch is due. */
  window(/** @type {number | null} */ dueAt) {
    if (!this.#live || dueAt === null) return;
    const leftMs = Math.max(0, dueAt - Date.now());
    const filled = Math.min(BAR, Math.round((BAR * leftMs) / this.#windowMs));
    const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
    process.stdout.write(`${CLEAR_LINE}  ${clock()}  silence   ${bar} ${(leftMs / 1000).toFixed(1)} s`);
  }

  /** @param {{ text: string, messageCount: number, flushReason: string, batchId: string }} batch */
  merged({ text, messageCount, flushReason, batchId }) {
    this.#line(`  ${clock()}  bot gets  ${text}`);
    this.#line(`\n  one message of ${messageCount} fragments, reason ${flushReason}, ${batchId}\n`);
  }

  /** What the bot says of a call. */
  bot(/** @type {string} */ line) {
    this.#line(`  ${clock()}  bot       ${line}`);
  }

  /** What the customer is answered. */
  reply(/** @type {string} */ text) {
    this.#line(`  ${clock()}  answer    ${text}\n`);
  }

  /** Leaves the terminal's last line as it should be. */
  end() {
    if (this.#live) process.stdout.write(CLEAR_LINE);
  }

  #line(/** @type {string} */ text) {
    process.stdout.write(`${this.#live ? CLEAR_LINE : ''}${text}\n`);
  }
}

function clock() {
  return new Date().toISOString().slice(11, 19);
}
