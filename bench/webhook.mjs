import { bench, target } from './method/bench.mjs';
import { shownSpread } from './method/figures.mjs';
import { flatOut } from './method/load.mjs';
import { Bodies } from './method/messages.mjs';
import { sized } from './method/options.mjs';
import { interleaved } from './method/rounds.mjs';
import { WEBHOOK_HEADERS } from './method/stage.mjs';

const PATH = '/webhook/whatsapp/batched';
const CONVERSATIONS = 20_000;
const SIZE = sized({ rounds: 3, warmUpS: 2, roundS: 5 }, { rounds: 1, warmUpS: 1, roundS: 1 });
const CONNECTIONS = [32, 256];

await bench({
  name: 'webhook',
  title: 'Webhook: requests per second',
  method: [
    `${SIZE.rounds} rounds of ${SIZE.roundS} s for each side, in turn, after ${SIZE.warmUpS} s of warm-up; autocannon over`,
    `keep-alive connections from another process of the same machine; ${CONVERSATIONS.toLocaleString('en-GB')} conversations, every message with an id of`,
    'its own. Each side has a Redis of its own, without persistence. Rapid-Fire validates, checks the secret, de-duplicates',
    'and logs (`info`, to a file); the others do none of these. Every answer is 2xx, or the run fails.',
  ],
  async run(stage) {
    const quiet = { BATCH_TIMEOUT: '9000' };
    const systems = {
      'Rapid-Fire': await stage.app('webhook', await stage.redis(), {
        MAX_PENDING_PER_CONVERSATION: '100000',
      }),
      predecessor: await stage.peer('predecessor.webhook.mjs', await stage.redis(), quiet),
      'BullMQ deduplication': await stage.peer('deduplication.webhook.mjs', await stage.redis(), quiet),
      'bare Express, stores nothing': await stage.peer('bare-express.mjs', await stage.redis()),
    };
    const bodies = new Bodies(CONVERSATIONS);
    const load = (
      /** @type {string} */ url,
      /** @type {number} */ connections,
      /** @type {number} */ durationS,
    ) =>
      flatOut(url + PATH, {
        connections,
        durationS,
        headers: WEBHOOK_HEADERS,
        nextBody: () => bodies.next(),
      });
    for (const { url } of Object.values(systems)) await load(url, 32, SIZE.warmUpS);

    const rows = [];
    const targets = [];
    for (const connections of CONNECTIONS) {
      const sides = Object.fromEntries(
        Object.entries(systems).map(([name, { url }]) => [name, () => load(url, connections, SIZE.roundS)]),
      );
      const measured = await interleaved(SIZE.rounds, sides);
      const predecessor = measured.predecessor;
      for (const [name, rounds] of Object.entries(measured)) {
        rows.push([
          `${name}, ${connections} connections`,
          shownSpread(rounds.of('perS')),
          shownSpread(rounds.of('p50Ms')),
          shownSpread(rounds.of('p99Ms')),
          shownSpread(rounds.ratio('perS', predecessor)),
        ]);
      }
      const { median } = measured['Rapid-Fire'].ratio('perS', predecessor);
      targets.push(
        target(`requests per second ÷ predecessor’s, ${connections} connections`, median, '≥', 1.25),
      );
    }
    const columns = ['system', 'requests/s', 'p50, ms', 'p99, ms', '÷ predecessor'];
    return { tables: [{ columns, rows }], targets };
  },
});
