import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './support/child';
import { STUCK_MS } from './support/eventually';

const SCRIPTS = resolve(__dirname, '../scripts/setup');
const COMMANDS = 12;

/** Takes the lock, says whether another is in, and dies there: whoever comes next finds a dead holder. */
const COMMAND = `
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { oneAtATime } from './setup/one-at-a-time.mjs';
const [inside, go] = process.argv.slice(2);
console.log('ready');
while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 5));
await oneAtATime(async () => {
  try {
    writeFileSync(inside, '', { flag: 'wx' });
  } catch {
    console.log('two are in');
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  rmSync(inside, { force: true });
  console.log('was in');
  await new Promise((resolve) => process.stdout.write('', resolve));
  if (process.env.DIES) process.kill(process.pid, 'SIGKILL');
});
`;

describe('the set-up’s lock', () => {
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'one-at-a-time-'));
    await mkdir(join(root, 'scripts/setup'), { recursive: true });
    for (const file of ['one-at-a-time.mjs', 'steps.mjs'])
      await copyFile(join(SCRIPTS, file), join(root, 'scripts/setup', file));
    await writeFile(join(root, 'scripts/command.mjs'), COMMAND);
  });
  afterAll(() => rm(root, { recursive: true }));

  const command = (env: Record<string, string>): Child =>
    new Child('command', process.execPath, ['command.mjs', '../inside', '../go'], {
      cwd: join(root, 'scripts'),
      env: { PATH: process.env.PATH, ...env },
    });

  it('lets one in after another, also where many find that its holder has died', async () => {
    const commands = Array.from({ length: COMMANDS }, () => command({ DIES: '1' }));
    await Promise.all(commands.map((each) => each.waitForLine(/^ready/, STUCK_MS)));
    await writeFile(join(root, 'go'), '');
    await Promise.all(commands.map(({ exited }) => exited));
    const lines = commands.flatMap((each) => each.lines);
    expect(lines.filter((line) => line === 'was in')).toHaveLength(COMMANDS);
    expect(lines).not.toContain('two are in');
  });

  it('is free after a command that has ended as it should, and leaves nothing but itself', async () => {
    const last = command({});
    expect(await last.exited).toBe(0);
    expect(await readdir(join(root, '.data'))).toEqual(['setup-lock']);
    expect(await readdir(join(root, '.data/setup-lock'))).toEqual([]);
  });
});
