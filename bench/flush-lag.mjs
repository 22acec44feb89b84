import { Queue } from 'bullmq';
import { bench, target } from './method/bench.mjs';
import { percentilesOf, shownSpread } from './method/figures.mjs';
import { JobTimes } from './method/job-times.mjs';
import { paced } from './method/load.mjs';
import { COMPANY, fragment, phoneOf } from './method/messages.mjs';
import { sized } from './method/options.mjs';
import { interleaved, ofSide } from './method/rounds.mjs';
import { debouncer } from './peers/deduplication.mjs';

const QUIET_MS = sized(1_000, 200);
const SIZE = sized(
  { rounds: 3, many: { perS: 1_000, durationS: 4 }, lone: { perS: 10, durationS: 4 } },
  { rounds: 1, many: { perS: 100, durationS: 1 }, lone: { perS: 10, durationS: 1 } },
);
const ENV = { BATCH_TIMEOUT: String(QUIET_MS) };

/** @typedef {(phone: string, i: number) => Promise<{ conversation: string, dueAt: number }>} Append times in ms */

await bench({
  name: 'flush-lag',
  title: 'Flush lag: from due to the job on the queue',
  method: [
    `${SIZE.rounds} rounds for each side, in turn, after one of warm-up; conversations of one message, a silence of ${QUIET_MS} ms, stored at an even`,
    `pace straight into Redis by this process: ${SIZE.many.perS.toLocaleString('en-GB')} a second for ${SIZE.many.durationS} s (many), or ${SIZE.lone.perS} a second (lone: each is handed off alone). Due is`,
    "last message + silence; on the queue is the time in Redis's own event of the job, both on one clock, to the",
    'millisecond. One batcher, logging as in production. The predecessor looks once a second, so its lag is up to that second',
    'and what the look itself takes.',
  ],
  async run(stage) {
    const systems = {
      'Rapid-Fire': await rapidFire(stage),
      predecessor: await predecessor(stage),
      'BullMQ deduplication': await deduplication(stage),
    };
    let customers = 0;
    const measure = async (
      /** @type {System} */ { append, jobs },
      /** @type {typeof SIZE.many} */ { perS, durationS },
    ) => {
      /** @type {Map<string, number>} conversation → ms */
      const due = new Map();
      await paced(perS, durationS, async () => {
        const i = (customers += 1);
        const phone = phoneOf(i);
        const { conversation, dueAt } = await append(phone, i);
        due.set(conversation, dueAt);
      });
      const added = await jobs.ofAll(due.keys());
      const lags = [...due].map(([conversation, ms]) => (added.get(conversation) ?? NaN) - ms);
      return percentilesOf(lags);
    };
    for (const system of Object.values(systems)) await measure(system, SIZE.many);

    const rows = [];
    const targets = [];
    for (const [kind, load] of Object.entries({ many: SIZE.many, lone: SIZE.lone })) {
      const sides = Object.fromEntries(
        Object.entries(systems).map(([name, system]) => [name, () => measure(system, load)]),
      );
      const measured = await interleaved(SIZE.rounds, sides);
      for (const [name, rounds] of Object.entries(measured)) {
        rows.push([`${name}, ${kind}`, shownSpread(rounds.of('p50')), shownSpread(rounds.of('p99'))]);
      }
      if (kind === 'many') {
        const { median } = ofSide(measured, 'Rapid-Fire').of('p99');
        targets.push(
          target(
            `flush lag, p99, ${SIZE.many.perS.toLocaleString('en-GB')} batches a second, ms`,
            median,
            '≤',
            25,
          ),
        );
      }
    }
    return { tables: [{ columns: ['system', 'p50, ms', 'p99, ms'], rows }], targets };
  },
});

/** @typedef {{ append: Append, jobs: JobTimes }} System */

/** @returns {Promise<System>} */
async function rapidFire(/** @type {import('./method/stage.mjs').Stage} */ stage) {
  const redis = await stage.redis();
  await stage.app('batcher', redis, ENV);
  const batching = stage.batching(redis, ENV);
  const append = async (/** @type {string} */ phone, /** @type {number} */ i) => {
    const { dueAt } = await batching.append(phone, `m-${i}`);
    return { conversation: `${COMPANY}:${phone}`, dueAt };
  };
  return { append, jobs: await jobTimes(redis) };
}

/** @returns {Promise<System>} */
async function predecessor(/** @type {import('./method/stage.mjs').Stage} */ stage) {
  const redis = await stage.redis();
  await stage.peer('predecessor.processor.mjs', redis, ENV);
  const append = async (/** @type {string} */ phone) => {
    const timestamp = Date.now();
    await Promise.all([
      redis.client.rpush(
        `rapid-fire:${phone}`,
        JSON.stringify({ message: fragment(timestamp), companyId: COMPANY, metadata: {}, timestamp }),
      ),
      redis.client.set(`last-msg:${phone}`, timestamp),
    ]);
    return { conversation: phone, dueAt: timestamp + QUIET_MS };
  };
  return { append, jobs: await jobTimes(redis) };
}

/** @returns {Promise<System>} */
async function deduplication(/** @type {import('./method/stage.mjs').Stage} */ stage) {
  const redis = await stage.redis();
  await stage.peer('deduplication.processor.mjs', redis);
  const debounce = debouncer(redis.client, new Queue('debounce', { connection: redis.client }), QUIET_MS);
  const append = async (/** @type {string} */ phone) => {
    const timestamp = Date.now();
    await debounce(phone, { message: fragment(timestamp), companyId: COMPANY, metadata: {}, timestamp });
    return { conversation: phone, dueAt: timestamp + QUIET_MS };
  };
  return { append, jobs: await jobTimes(redis) };
}

async function jobTimes(/** @type {import('./method/redis-process.mjs').RedisProcess} */ redis) {
  const jobs = new JobTimes(redis);
  await jobs.keepAll();
  return jobs;
}
