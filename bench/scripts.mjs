import { createRequire } from 'node:module';
import { Queue } from 'bullmq';
import { inRoot } from '../scripts/setup/steps.mjs';
import { bench, target } from './method/bench.mjs';
import { shown } from './method/figures.mjs';
import { canCount } from './method/instructions.mjs';
import { aMergedMessage, COMPANY, phoneOf } from './method/messages.mjs';
import { sized } from './method/options.mjs';

// More than a hash holds in its compact form, so that the history's index costs what it costs in operation.
const SIZE = sized({ batches: 1_000 }, { batches: 20 });
const LOT = 50;
const QUIET_MS = 1_000;

/**
 * Instructions in thousands, found by this very benchmark at commit 7963343, the last before changes were worked out and
 * then written; by the number of messages in a batch.
 *
 * @type {Record<number, Record<string, number>>}
 */
const BEFORE = {
  1: { append: 330, claim: 289, addBulk: 189, settle: 386 },
  4: { append: 1_356, claim: 344, addBulk: 201, settle: 423 },
};

await bench({
  name: 'scripts',
  title: 'Scripts: instructions for a batch',
  method: [
    `\`valgrind --tool=callgrind\` counts the instructions of a redis-server outside the kernel, for ${SIZE.batches} batches of one message and`,
    `as many of four; appended one by one, claimed, added and settled ${LOT} at a time, by the library and BullMQ as the batcher`,
    'calls them. A worker has shown itself, and the history is full before anything is counted. "Before" is commit 7963343. No',
    'clock has a part in it, so a busy machine finds the same.',
  ],
  async run(stage) {
    if (!(await canCount())) {
      console.log('valgrind is not on this machine (apt-get install valgrind): skipped');
      return { tables: [], targets: [] };
    }
    const rows = [];
    const targets = [];
    for (const [messages, before] of Object.entries(BEFORE)) {
      const redis = await stage.countedRedis();
      const counts = await life(stage, redis, Number(messages));
      await redis.stop();
      const of = messages === '1' ? 'a batch of one message' : `a batch of ${messages}`;
      for (const [step, count] of Object.entries(counts)) {
        rows.push([`${step}, ${of}`, shown(count / 1_000), shown(before[step] ?? NaN)]);
      }
      const { append, claim, addBulk, settle } = counts;
      const ratio = (claim + settle) / addBulk;
      rows.push([`(claim + settle) ÷ addBulk, ${of}`, shown(ratio), shown(ratioOf(before))]);
      const ofAppend = append / 1_000 / (before.append ?? NaN);
      targets.push(target(`instructions of append ÷ before, ${of}`, ofAppend, '≤', 1));
      if (messages === '1')
        targets.push(target('instructions of (claim + settle) ÷ `addBulk`', ratio, '≤', 1.7));
    }
    return { tables: [{ columns: ['step', 'thousands of instructions', 'before'], rows }], targets };
  },
});

function ratioOf(/** @type {Record<string, number>} */ { claim = NaN, settle = NaN, addBulk = NaN }) {
  return (claim + settle) / addBulk;
}

/**
 * The instructions of each step in the life of a batch.
 *
 * @param {import('./method/stage.mjs').Stage} stage
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 * @param {number} messages in each batch
 */
async function life(stage, redis, messages) {
  const batching = stage.batching(redis, {
    BATCH_TIMEOUT: String(QUIET_MS),
    HISTORY_MAX: String(SIZE.batches),
    CLAIM_LEASE: '600',
  });
  const load = createRequire(import.meta.url);
  const { Claims } = load(inRoot('dist/libs/batching/src/hand-off/claims.js'));
  const { Turns } = load(inRoot('dist/libs/batching/src/turns/turns.js'));
  const claims = new Claims(batching.store);
  const queue = new Queue('messages', { connection: redis.client });
  await queue.waitUntilReady();
  await new Turns(batching.store).showWorker();

  const round = async (/** @type {number} */ from) => {
    const to = from + SIZE.batches;
    /** @type {unknown[]} */
    const claimed = [];
    const ids = Array.from({ length: SIZE.batches }, (_, i) => `${COMPANY}:${phoneOf(from + i)}`);
    const jobs = ids.map((_, i) => {
      const data = aMergedMessage(from + i, messages);
      return {
        name: 'merged-message',
        data,
        opts: { jobId: data.batchId, removeOnComplete: { age: 86_400 } },
      };
    });
    const count = async (/** @type {() => Promise<unknown>} */ step) =>
      (await redis.instructionsOf(step)) / SIZE.batches;
    const append = await count(() => batching.fill({ from, conversations: to, messages }));
    await new Promise((resolve) => setTimeout(resolve, 2 * QUIET_MS));
    const claim = await count(() => each(ids, async (lot) => claimed.push(...(await claims.claimEach(lot)))));
    if (claimed.length !== SIZE.batches) throw new Error(`only ${claimed.length} batches were claimed`);
    const addBulk = await count(() => each(jobs, (lot) => queue.addBulk(lot)));
    const settle = await count(() => each(claimed, (lot) => claims.settleEach(lot)));
    return { append, claim, addBulk, settle };
  };
  await round(0);
  return round(SIZE.batches);
}

/**
 * One lot after another.
 *
 * @template T
 * @param {T[]} all
 * @param {(lot: T[]) => Promise<unknown>} work
 */
async function each(all, work) {
  for (let i = 0; i < all.length; i += LOT) await work(all.slice(i, i + LOT));
}
