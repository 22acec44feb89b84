import { bench, target } from './method/bench.mjs';
import { shown } from './method/figures.mjs';
import { paced, Sender } from './method/load.mjs';
import { Bodies } from './method/messages.mjs';
import { sized } from './method/options.mjs';
import { WEBHOOK_HEADERS } from './method/stage.mjs';

const SIZE = sized({ idleS: 10, perS: 1_000, loadS: 20 }, { idleS: 1, perS: 100, loadS: 1 });
const ENV = { BATCH_TIMEOUT: '1000' };
const SAMPLE_MS = 500;

await bench({
  name: 'memory',
  title: 'Resident memory of the applications',
  method: [
    `Idle: ${SIZE.idleS} s after the start. Under load: the largest of a look every ${SAMPLE_MS} ms while ${SIZE.perS.toLocaleString('en-GB')} messages a second, each of a`,
    `conversation of its own and with an id, are posted, stored, and handed off ${ENV.BATCH_TIMEOUT} ms later, for ${SIZE.loadS} s.`,
  ],
  async run(stage) {
    const apart = await stage.redis();
    const together = await stage.redis();
    const webhook = await stage.app('webhook', apart, ENV);
    const batcher = await stage.app('batcher', apart, ENV);
    const all = await stage.app('all', together, ENV);
    const apps = { webhook, batcher, 'all in one process': all };
    await new Promise((resolve) => setTimeout(resolve, SIZE.idleS * 1000));
    const idle = Object.entries(apps).map(([name, app]) => /** @type {const} */ ([name, app.residentMb]));
    const peaks = new Map(idle);
    for (const [entrance, seen] of /** @type {const} */ ([
      [webhook, ['webhook', 'batcher']],
      [all, ['all in one process']],
    ])) {
      const look = setInterval(() => {
        for (const name of seen) {
          const mb = apps[/** @type {keyof typeof apps} */ (name)].residentMb;
          peaks.set(name, Math.max(peaks.get(name) ?? 0, mb));
        }
      }, SAMPLE_MS);
      await post(entrance.url);
      clearInterval(look);
    }
    const rows = idle.map(([name, mb]) => [name, shown(mb), shown(peaks.get(name) ?? NaN)]);
    const idleOf = (/** @type {string} */ wanted) => idle.find(([name]) => name === wanted)?.[1] ?? NaN;
    return {
      tables: [{ columns: ['process', 'idle, MB', 'under load, MB'], rows }],
      targets: [target('batcher’s resident memory, idle, MB', idleOf('batcher'), '≤', 120)],
    };
  },
});

async function post(/** @type {string} */ url) {
  const sender = new Sender(url, 64, WEBHOOK_HEADERS);
  const bodies = new Bodies(10_000_000);
  await paced(SIZE.perS, SIZE.loadS, () => sender.post('/webhook/whatsapp/batched', bodies.next()));
  await sender.close();
}
