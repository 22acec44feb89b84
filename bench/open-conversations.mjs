import { createRequire } from 'node:module';
import { inRoot } from '../scripts/setup/steps.mjs';
import { bench, target } from './method/bench.mjs';
import { shown, shownSpread, spreadOf } from './method/figures.mjs';
import { phoneOf } from './method/messages.mjs';
import { sized } from './method/options.mjs';

const SIZE = sized(
  { steps: [1_000, 100_000, 1_000_000], ofTen: 20_000, looks: 1_000, keys: 5, starts: 3, idleS: 10 },
  { steps: [100, 1_000, 5_000], ofTen: 500, looks: 100, keys: 2, starts: 1, idleS: 1 },
);
/** None is due while this runs. */
const FAR = { BATCH_TIMEOUT: '3600000', BATCH_MAX_WAIT: '3600000', BATCH_TTL: '14400' };
const LAST = SIZE.steps.at(-1) ?? 0;
const EACH = (/** @type {number} */ count) => count.toLocaleString('en-GB');

await bench({
  name: 'open-conversations',
  title: 'Many open conversations, none due',
  method: [
    `Conversations of one message (${SIZE.steps.map(EACH).join(', ')}), none due, every message with an id, so with what de-duplication and`,
    `the directory of customers keep. A look: what the sweep asks Redis, ${EACH(SIZE.looks)} times, the time as Redis counts it. Predecessor:`,
    `\`KEYS rapid-fire:*\` over as many batches of its own, ${SIZE.keys} times. Bytes: \`used_memory\` with them less without, divided; of ten`,
    `messages with ${EACH(SIZE.ofTen)} conversations. Resident memory of a batcher: on an empty Redis and on the fullest, ${SIZE.idleS} s after each`,
    `of ${SIZE.starts} starts.`,
  ],
  async run(stage) {
    const predecessor = await stage.redis();
    const redis = await stage.redis();
    const empty = await redis.usedBytes();
    const batching = stage.batching(redis, FAR);
    const claims = claimsOf(batching);
    const idleMb = await residentMb(stage, await stage.redis());
    const looks = [];
    let from = 0;
    let oneBytes = NaN;
    let longest = NaN;
    for (const conversations of SIZE.steps) {
      await batching.fill({ from, conversations });
      await fillPredecessor(predecessor, from, conversations);
      from = conversations;
      oneBytes = ((await redis.usedBytes()) - empty) / conversations;
      const lookUs = await redis.timeOf('evalsha', () => repeat(SIZE.looks, () => claims.due(200)));
      const keysUs = await predecessor.timeOf('keys', () =>
        repeat(SIZE.keys, () => predecessor.client.eval("return #redis.call('KEYS', 'rapid-fire:*')", 0)),
      );
      longest = lookUs / 1000;
      looks.push([EACH(conversations), shown(lookUs / 1000), shown(keysUs / 1000)]);
    }
    const fullMb = await residentMb(stage, redis, FAR);
    const tenBytes = await bytesOfTen(stage);
    return {
      tables: [
        { columns: ['open conversations', 'a look, ms', 'predecessor’s, ms'], rows: looks },
        {
          columns: ['an open conversation of', 'bytes in Redis'],
          rows: [
            ['one message', shown(oneBytes)],
            ['ten messages', shown(tenBytes)],
          ],
        },
        {
          columns: ['batcher', 'resident, MB'],
          rows: [
            ['on an empty Redis', shownSpread(idleMb)],
            [`with ${EACH(LAST)} open conversations`, shownSpread(fullMb)],
          ],
        },
      ],
      targets: [
        target(`Redis time of a look at ${EACH(LAST)} open conversations, none due, ms`, longest, '≤', 1),
        target('bytes in Redis for an open conversation of one message', oneBytes, '≤', 1_000),
        target('batcher’s resident memory on an empty Redis, MB', idleMb.median, '≤', 120),
        target(
          `batcher’s resident memory with ${EACH(LAST)} open conversations, MB`,
          fullMb.median,
          '≤',
          120,
        ),
        target('the second ÷ the first', fullMb.median / idleMb.median, '≤', 1.2),
      ],
    };
  },
});

/** The sweep's own question to Redis; the library does not offer it to others. */
function claimsOf(/** @type {import('./method/batching.mjs').Batching} */ { store }) {
  const { Claims } = createRequire(import.meta.url)(inRoot('dist/libs/batching/src/hand-off/claims.js'));
  return new Claims(store);
}

async function repeat(/** @type {number} */ times, /** @type {() => Promise<unknown>} */ act) {
  for (let i = 0; i < times; i += 1) await act();
}

/**
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 * @param {number} from
 * @param {number} to
 */
async function fillPredecessor({ client }, from, to) {
  for (let first = from; first < to; first += 10_000) {
    const pipeline = client.pipeline();
    for (let i = first; i < Math.min(to, first + 10_000); i += 1) {
      pipeline.rpush(`rapid-fire:${phoneOf(i)}`, '{}');
      pipeline.set(`last-msg:${phoneOf(i)}`, 1_795_252_395_196);
    }
    await pipeline.exec();
  }
}

/**
 * @param {import('./method/stage.mjs').Stage} stage
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 * @param {Record<string, string>} [env]
 */
async function residentMb(stage, redis, env) {
  const found = [];
  for (let start = 0; start < SIZE.starts; start += 1) {
    const batcher = await stage.app('batcher', redis, env);
    await new Promise((resolve) => setTimeout(resolve, SIZE.idleS * 1000));
    found.push(batcher.residentMb);
    await batcher.stop();
  }
  return spreadOf(found);
}

async function bytesOfTen(/** @type {import('./method/stage.mjs').Stage} */ stage) {
  const redis = await stage.redis();
  const empty = await redis.usedBytes();
  const batching = stage.batching(redis, FAR);
  await batching.fill({ conversations: SIZE.ofTen, messages: 10 });
  return ((await redis.usedBytes()) - empty) / SIZE.ofTen;
}
