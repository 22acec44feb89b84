import { bench, target } from './method/bench.mjs';
import { shownSpread } from './method/figures.mjs';
import { sized } from './method/options.mjs';
import { interleaved } from './method/rounds.mjs';

const SIZE = sized({ backlog: 100_000, rounds: 3 }, { backlog: 500, rounds: 1 });
const POLL_MS = 5;

await bench({
  name: 'hand-off',
  title: 'Hand-offs per second from a backlog',
  method: [
    `${SIZE.rounds} rounds for each side, in turn, each on a Redis that begins with the same data. Rapid-Fire:`,
    `${SIZE.backlog.toLocaleString('en-GB')} conversations of one message, all due, while hand-off is paused; from the resume until the last job is on`,
    'the queue, by one batcher that logs as in production. `addBulk`: a process that puts as many ready-made merged messages',
    'of the same size on the queue, 100 at a time, and does nothing else. Both processes are fresh.',
  ],
  async run(stage) {
    const backlog = await stage.redis();
    const filling = stage.batching(backlog);
    await filling.pause.stop();
    await filling.fill({ conversations: SIZE.backlog, direct: true });

    const measured = await interleaved(SIZE.rounds, {
      'Rapid-Fire, one batcher': async () => {
        const redis = await stage.redis(backlog);
        const batcher = await stage.app('batcher', redis);
        const batching = stage.batching(redis);
        const perS = await rate(redis, SIZE.backlog, () => batching.pause.resume());
        batching.stop();
        await batcher.stop();
        await redis.stop();
        return { perS };
      },
      '`addBulk` alone': async () => {
        const redis = await stage.redis();
        const peer = await stage.peer('add-bulk.mjs', redis, { JOBS: String(SIZE.backlog) });
        const perS = await rate(redis, SIZE.backlog, () => peer.send('go'));
        await peer.stop();
        await redis.stop();
        return { perS };
      },
    });
    const limit = measured['`addBulk` alone'];
    const rows = Object.entries(measured).map(([name, rounds]) => [
      name,
      shownSpread(rounds.of('perS')),
      shownSpread(rounds.ratio('perS', limit)),
    ]);
    const { median } = measured['Rapid-Fire, one batcher'].ratio('perS', limit);
    return {
      tables: [{ columns: ['system', 'hand-offs/s', '÷ `addBulk`'], rows }],
      targets: [target('hand-offs per second ÷ `addBulk` alone', median, '≥', 0.6)],
    };
  },
});

/**
 * Jobs per second, from a signal until so many are on the queue.
 *
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 * @param {number} jobs
 * @param {() => unknown} begin
 */
async function rate({ client }, jobs, begin) {
  const startMs = performance.now();
  await begin();
  while ((await client.llen('bull:messages:wait')) < jobs) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return (jobs / (performance.now() - startMs)) * 1000;
}
