import { bench } from './method/bench.mjs';
import { shownSpread } from './method/figures.mjs';
import { sized } from './method/options.mjs';
import { interleaved } from './method/rounds.mjs';

const SIZE = sized({ rounds: 5 }, { rounds: 1 });

await bench({
  name: 'start-up',
  title: 'Start-up',
  method: [
    `${SIZE.rounds} rounds for each side, in turn, after one start of each; from the start of the process until it says that it is`,
    'ready (it has checked its settings and its Redis, and its port is open). Redis is up already.',
  ],
  async run(stage) {
    const redis = await stage.redis();
    const start = (/** @type {import('./method/stage.mjs').AppName} */ name) => async () => {
      const app = await stage.app(name, redis);
      await app.stop();
      return { ms: app.startedInMs };
    };
    const sides = {
      webhook: start('webhook'),
      batcher: start('batcher'),
      'all in one process': start('all'),
      'predecessor’s webhook': async () => {
        const peer = await stage.peer('predecessor.webhook.mjs', redis);
        await peer.stop();
        return { ms: peer.startedInMs };
      },
    };
    await interleaved(1, sides);
    const measured = await interleaved(SIZE.rounds, sides);
    const rows = Object.entries(measured).map(([name, rounds]) => [name, shownSpread(rounds.of('ms'))]);
    return { tables: [{ columns: ['process', 'ready after, ms'], rows }], targets: [] };
  },
});
