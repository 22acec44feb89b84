import { setTimeout as pause } from 'node:timers/promises';
import { SetupError } from '../setup/steps.mjs';

/** As a customer of a hair salon wrote it; pauses in ms. */
const FRAGMENTS = [
  { text: 'Запишите на стрижку меня', pauseMs: 0 },
  { text: 'На завтра', pauseMs: 3_000 },
  { text: 'В 18:00', pauseMs: 5_000 },
  { text: 'К Бари', pauseMs: 4_000 },
];
const COMPANY_ID = 962302;
const TICK_MS = 100;
// Beyond the moment at which the batch was due: what a busy machine may take.
const PATIENCE_MS = 60_000;

/**
 * Plays the conversation and shows it; resolves when the merged message has been seen.
 *
 * @param {{ client: import('./client.mjs').Client, view: import('./view.mjs').View, speed: number, phone: string, run: string }} options
 */
export async function play({ client, view, speed, phone, run }) {
  let dueAt = null;
  for (const [i, { text, pauseMs }] of FRAGMENTS.entries()) {
    await countDown(view, pauseMs / speed, dueAt);
    const answer = await client.send({
      phone,
      companyId: COMPANY_ID,
      message: text,
      messageId: `${run}-${i + 1}`,
    });
    dueAt = answer.dueAt;
    view.fragment(text, answer);
  }
  const batch = await merged(client, view, phone, `${run}-${FRAGMENTS.length}`, dueAt ?? Date.now());
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
