import { setTimeout as pause } from 'node:timers/promises';
import { SetupError } from '../setup/steps.mjs';

/** As a customer of a hair salon wrote it; pauses in ms. */
const FRAGMENTS = [
  { text: 'Запишите на стрижку меня', pauseMs: 0 },
  { text: 'На завтра', pauseMs: 3_000 },
  { text: 'В 18:00', pauseMs: 5_000 },
  { text: 'К Бари', pauseMs: 4_000 },
];
/** What the customer writes while the bot is at work on an answer. */
const SECOND_THOUGHT = 'Нет, лучше в 17:00';
const COMPANY_ID = 962302;
const TICK_MS = 100;
// Beyond the moment at which the batch was due: what a busy machine may take.
const PATIENCE_MS = 60_000;

/**
 * Plays the conversation and shows it; resolves when the merged message has been seen.
 *
 * @param {{ client: import('./client.mjs').Client, view: import('./view.mjs').View, speed: number, phone: string, run: string, thinks?: (() => Promise<boolean>) | undefined }} options
 */
export async function play({ client, view, speed, phone, run, thinks }) {
  /** @type {number | null} */
  let dueAt = null;
  let count = 0;
  const write = async (/** @type {string} */ text) => {
    count += 1;
    const answer = await client.send({
      phone,
      companyId: COMPANY_ID,
      message: text,
      messageId: `${run}-${count}`,
    });
    dueAt = answer.dueAt;
    view.fragment(text, answer);
  };
  for (const { text, pauseMs } of FRAGMENTS) {
    await countDown(view, pauseMs / speed, dueAt);
    await write(text);
  }
  if (thinks) {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await thinks()) && Date.now() < deadline) await countDown(view, TICK_MS, dueAt);
    view.bot('thinks about an answer, and the customer changes their mind');
    await write(SECOND_THOUGHT);
  }
  const batch = await merged(client, view, phone, `${run}-${count}`, dueAt ?? Date.now());
  view.merged(batch);
}

/**
 * @param {import('./view.mjs').View} view
 * @param {number} forMs
 * @param {number | null} dueAt
 */
async function countDown(view, forMs, dueAt) {
  for (
    const until = Date.now() + forMs;
    Date.now() < until;
    await pause(Math.min(TICK_MS, until - Date.now()))
  ) {
    view.window(dueAt);
  }
}

/**
 * @param {import('./client.mjs').Client} client
 * @param {import('./view.mjs').View} view
 * @param {string} phone
 * @param {string} lastMessageId
 * @param {number} dueAt
 */
async function merged(client, view, phone, lastMessageId, dueAt) {
  for (;;) {
    const batch = await client.latestBatch(phone);
    if (
      batch?.messages.some(
        (/** @type {{ messageId: string | null }} */ { messageId }) => messageId === lastMessageId,
      )
    )
      return batch;
    if (Date.now() > dueAt + PATIENCE_MS) {
      throw new SetupError(
        'The batch was due and has not been handed off: see whether a batcher runs, and its log.',
      );
    }
    view.window(dueAt);
    await pause(TICK_MS);
  }
}
