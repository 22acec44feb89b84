import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './support/child';
import { freePort } from './support/free-port';
import { redisBinary } from './support/redis-binary';
import { sideBySide } from './support/side-by-side';

const ROOT = resolve(__dirname, '..');
const BUILD = `
  import { provideBuild } from './scripts/demo/own-system.mjs';
  import { buildAssistant } from './scripts/setup/assistant.mjs';
  await provideBuild();
  await buildAssistant();
`;
const MERGED = 'Запишите на стрижку меня На завтра В 18:00 К Бари';

describe('npm run demo', () => {
  // Where the build is not that of the sources, each of them would make it, all at once.
  beforeAll(async () => {
    const { PATH } = process.env;
    const args = ['--input-type=module', '--eval', BUILD];
    const build = new Child('the build', process.execPath, args, { cwd: ROOT, env: { PATH } });
    if ((await build.exited) !== 0) throw build.failure('failed');
  });

  sideBySide({
    'starts a system of its own and shows four fragments become one message': async () => {
      const shown = await demo();
      expect(shown).toMatch(/customer +К Бари +extended, 4 waiting/);
      expect(shown).toContain(`bot gets  ${MERGED}`);
      expect(shown).toContain('one message of 4 fragments, reason quiet');
    },

    '--bot: has the example bot called once, its signature checked and its answer sent': async () => {
      const shown = await demo('--bot');
      expect(shown.match(/signature valid, 4 fragments/g)).toHaveLength(1);
      expect(shown).toContain(`answer    You wrote: ${MERGED}`);
    },

    '--ai: has the assistant book once, at the time that a late fragment named while the model was thinking':
      async () => {
        const shown = await demo('--ai');
        expect(shown).toContain(`bot gets  ${MERGED} Нет, лучше в 17:00`);
        expect(shown.match(/answer {4}.*/g)).toEqual([
          'answer    Записали вас: Стрижка мужская, Бари, 17:00. До встречи!',
        ]);
        expect(shown).toMatch(/in the salon's calendar: \d{4}-\d\d-\d\d 17:00, staff_id 3413963$/m);
      },
  });
});

/** What it prints; its silence is still long enough for a busy machine. Nothing listens where it looks for a system first. */
async function demo(...options: string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-demo-test-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [resolve(ROOT, 'scripts/demo.mjs'), '--speed', '2', '--url', url, ...options];
  const run = new Child('the demo', process.execPath, args, {
    cwd: directory,
    env: { ...process.env, REDIS_SERVER: redisBinary() },
  });
  try {
    if ((await run.exited) !== 0) throw run.failure('failed');
    return run.lines.join('\n');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
