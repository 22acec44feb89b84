import { bench, target } from './method/bench.mjs';
import { shownSpread } from './method/figures.mjs';
import { flatOut } from './method/load.mjs';
import { Bodies } from './method/messages.mjs';
import { sized } from './method/options.mjs';
import { interleaved, ofSide } from './method/rounds.mjs';
import { WEBHOOK_HEADERS } from './method/stage.mjs';

const PATH = '/webhook/whatsapp/batched';
const CONVERSATIONS = 20_000;
const SIZE = sized({ rounds: 3, warmUpS: 3, roundS: 4 }, { rounds: 1, warmUpS: 1, roundS: 1 });
const CONNECTIONS = [32, 256];

await bench({
  name: 'webhook',
  title: 'Webhook: requests per second',
  method: [
    `${SIZE.rounds} rounds of ${SIZE.roundS} s for each side, in turn, after ${SIZE.warmUpS} s of warm-up; autocannon over`,
    `keep-alive connections from another process of the same machine; ${CONVERSATIONS.toLocaleString('en-GB')} conversations, every message with an id of`,
    'its own. Each side has a Redis of its own, without persistence. Rapid-Fire validates, checks the secret, de-duplicates',
    'and logs (`info`, to a file); the others do none of these. Every answer is 2xx, or the run fails. Rapid-Fire runs as',
    '`npm run start:webhook` has it, with `--max-semi-space-size=32`; the others with the defaults of Node.',
  ],
  async run(stage) {
    const quiet = { BATCH_TIMEOUT: '9000' };
    const redises = {
      ours: await stage.redis(),
      predecessor: await stage.redis(),
      deduplication: await stage.redis(),
    };
    const systems = {
      'Rapid-Fire': [
        await stage.app('webhook', redises.ours, { MAX_PENDING_PER_CONVERSATION: '100000' }),
        redises.ours,
      ],
      predecessor: [
        await stage.peer('predecessor.webhook.mjs', redises.predecessor, quiet),
        redises.predecessor,
      ],
      'BullMQ deduplication': [
        await stage.peer('deduplication.webhook.mjs', redises.deduplication, quiet),
        redises.deduplication,
      ],
      'bare Express, stores nothing': [await stage.peer('bare-express.mjs', redises.ours)],
    };
    const bodies = new Bodies(CONVERSATIONS);
    /** @param {{ url?: string, cpuMs: () => Promise<number> }[]} processes the one that answers first */
    const load = async (processes, /** @type {number} */ connections, /** @type {number} */ durationS) => {
      const before = await cpuOf(processes);
      const measured = await flatOut(processes[0]?.url + PATH, {
        connections,
        durationS,
        headers: WEBHOOK_HEADERS,
        nextBody: () => bodies.next(),
      });
      const after = await cpuOf(processes);
      const cpuUs = after.map((ms, i) => ((ms - (before[i] ?? NaN)) * 1000) / measured.answered);
      return { ...measured, appUs: cpuUs[0] ?? NaN, redisUs: cpuUs[1] ?? 0 };
    };
    for (const processes of Object.values(systems)) await load(processes, 32, SIZE.warmUpS);

    const rows = [];
    const targets = [];
    for (const connections of CONNECTIONS) {
      const sides = Object.fromEntries(
        Object.entries(systems).map(([name, processes]) => [
          name,
          () => load(processes, connections, SIZE.roundS),
        ]),
      );
      const measured = await interleaved(SIZE.rounds, sides);
      const predecessor = ofSide(measured, 'predecessor');
      for (const [name, rounds] of Object.entries(measured)) {
        rows.push([
          `${name}, ${connections} connections`,
          shownSpread(rounds.of('perS')),
          shownSpread(rounds.of('p50Ms')),
          shownSpread(rounds.of('p99Ms')),
          shownSpread(rounds.ratio('perS', predecessor)),
          shownSpread(rounds.of('appUs')),
          shownSpread(rounds.of('redisUs')),
        ]);
      }
      const { median } = ofSide(measured, 'Rapid-Fire').ratio('perS', predecessor);
      targets.push(
        target(`requests per second ÷ predecessor’s, ${connections} connections`, median, '≥', 1.25),
      );
    }
    const columns = [
      'system',
      'requests/s',
      'p50, ms',
      'p99, ms',
      '÷ predecessor',
      'processor, µs a request',
      'of its Redis, µs',
    ];
    return { tables: [{ columns, rows }], targets };
  },
});

function cpuOf(/** @type {{ cpuMs: () => Promise<number> }[]} */ processes) {
  return Promise.all(processes.map((each) => each.cpuMs()));
}
