import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { Queue, Worker } from 'bullmq';
import { inRoot } from '../scripts/setup/steps.mjs';
import { bench } from './method/bench.mjs';
import { shown, shownSpread, spreadOf } from './method/figures.mjs';
import { aMergedMessage, COMPANY, phoneOf } from './method/messages.mjs';
import { sized } from './method/options.mjs';

const SIZE = sized(
  { rounds: 3, requests: 100_000, batches: 20_000 },
  { rounds: 1, requests: 5_000, batches: 500 },
);
const COMMANDS = ['SET', 'RPUSH', 'LPOP'];
const LOT = 50;
const EACH = SIZE.batches.toLocaleString('en-GB');

await bench({
  name: 'redis-limits',
  title: 'Limits: what Redis can do, and what we ask of it',
  method: [
    `\`redis-benchmark\`, 32 connections, ${SIZE.requests.toLocaleString('en-GB')} requests, ${SIZE.rounds} rounds, alone and 16 in a pipeline. Beside it the time that Redis itself`,
    `counts for each step in the life of ${EACH} batches of one message, one step after the other; and what is left in its memory when`,
    'all of them have been handled: per message an id that de-duplication remembers, per batch a finished job.',
  ],
  async run(stage) {
    const redis = await stage.redis();
    const limits = [];
    if (await isThere()) {
      for (const pipelined of [1, 16]) limits.push(...(await benchmark(redis.port, pipelined)));
    } else {
      limits.push(['**redis-benchmark is not on this machine: skipped**', '–']);
    }
    await redis.client.flushall();
    const { steps, kept } = await life(stage, redis);
    return {
      tables: [
        { columns: ['command', 'requests/s'], rows: limits },
        {
          columns: ['step', 'time in Redis, µs', 'so at most, per second'],
          rows: Object.entries(steps).map(([step, us]) => [step, shown(us), shown(1e6 / us)]),
        },
        {
          columns: ['kept', 'bytes'],
          rows: Object.entries(kept).map(([what, bytes]) => [what, shown(bytes)]),
        },
      ],
      targets: [],
    };
  },
});

/**
 * @param {import('./method/stage.mjs').Stage} stage
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 */
async function life(stage, redis) {
  const batching = stage.batching(redis, { HISTORY_MAX: '0' });
  const { Claims } = createRequire(import.meta.url)(inRoot('dist/libs/batching/src/hand-off/claims.js'));
  const claims = new Claims(batching.store);
  const queue = new Queue('messages', { connection: redis.client });
  await queue.waitUntilReady();
  /** The time that one of all batches took of this step, µs. */
  const timeOf = async (/** @type {() => Promise<unknown>} */ step) =>
    (await redis.scriptTime(step)) / SIZE.batches;

  const empty = await redis.usedBytes();
  const append = await timeOf(() => batching.fill({ conversations: SIZE.batches, direct: true }));
  /** @type {unknown[]} */
  const claimed = [];
  const ids = Array.from({ length: SIZE.batches }, (_, i) => `${COMPANY}:${phoneOf(i)}`);
  const claim = await timeOf(async () => {
    for (const lot of lotsOf(ids)) claimed.push(...(await claims.claimEach(lot)));
  });
  const add = await timeOf(() => addJobs(queue, 1));
  const settle = await timeOf(async () => {
    for (const lot of lotsOf(claimed)) await claims.settleEach(lot);
  });
  const consume = await timeOf(() => consumed(redis, SIZE.batches));
  await queue.obliterate({ force: true });
  for (const lot of lotsOf(ids)) {
    await Promise.all(lot.map((id) => redis.client.del(`rapid-fire-state:${id}`, `last-msg:${id}`)));
  }
  const ofIds = (await redis.usedBytes()) - empty;
  const bytesOfJobs = async (/** @type {number} */ messages) => {
    const before = await redis.usedBytes();
    await addJobs(queue, messages);
    await consumed(redis, SIZE.batches);
    await redis.client.del('bull:messages:events');
    const after = await redis.usedBytes();
    await queue.obliterate({ force: true });
    return (after - before) / SIZE.batches;
  };
  return {
    steps: { append, claim, 'addBulk (BullMQ)': add, settle, 'take and finish a job (BullMQ)': consume },
    kept: {
      'the id of a message, for `DEDUP_TTL`': ofIds / SIZE.batches,
      'a finished job of one message, for a day': await bytesOfJobs(1),
      'of four messages': await bytesOfJobs(4),
    },
  };
}

/** Puts the jobs of all batches on the queue. */
async function addJobs(/** @type {Queue} */ queue, /** @type {number} */ messages) {
  const jobs = Array.from({ length: SIZE.batches }, (_, i) => {
    const data = aMergedMessage(i, messages);
    const opts = { jobId: data.batchId, removeOnComplete: { age: 24 * 3600 } };
    return { name: 'merged-message', data, opts };
  });
  for (const lot of lotsOf(jobs)) await queue.addBulk(lot);
}

/** Resolves when a worker that does nothing has finished all jobs. */
async function consumed(
  /** @type {import('./method/redis-process.mjs').RedisProcess} */ redis,
  /** @type {number} */ howMany,
) {
  const connection = redis.client.duplicate({ enableAutoPipelining: false });
  const worker = new Worker('messages', () => Promise.resolve(), { connection, concurrency: LOT });
  let done = 0;
  await /** @type {Promise<void>} */ (
    new Promise((resolve) => worker.on('completed', () => (done += 1) === howMany && resolve()))
  );
  await worker.close();
  connection.disconnect();
}

/** @template T @param {T[]} all */
function lotsOf(all) {
  return Array.from({ length: Math.ceil(all.length / LOT) }, (_, i) => all.slice(i * LOT, (i + 1) * LOT));
}

async function isThere() {
  return promisify(execFile)('redis-benchmark', ['--version']).then(
    () => true,
    () => false,
  );
}

async function benchmark(/** @type {number} */ port, /** @type {number} */ pipelined) {
  /** @type {Map<string, number[]>} */
  const found = new Map(COMMANDS.map((command) => [command, []]));
  for (let round = 0; round < SIZE.rounds; round += 1) {
    const args = ['-p', String(port), '-c', '32', '-n', String(SIZE.requests), '-P', String(pipelined)];
    const { stdout } = await promisify(execFile)('redis-benchmark', [
      ...args,
      '-t',
      COMMANDS.join(','),
      '--csv',
    ]);
    for (const [, command = '', perS] of stdout.matchAll(/^"(\w+)","([\d.]+)"/gm)) {
      found.get(command)?.push(Number(perS));
    }
  }
  return [...found].map(([command, perS]) => [
    `\`${command}\`${pipelined > 1 ? `, ${pipelined} in a pipeline` : ''}`,
    shownSpread(spreadOf(perS)),
  ]);
}
