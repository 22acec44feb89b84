import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Child } from './support/child';

const ROOT = resolve(__dirname, '..');
const BUILD = "import('./scripts/setup/build.mjs').then(({ build }) => build())";

/** A compiler that writes one file, adds a line of its own to a list, and fails while the sources say so. */
const COMPILER = `#!/usr/bin/env node
const { appendFileSync, cpSync, existsSync } = require('node:fs');
if (process.argv[1].endsWith('nest')) appendFileSync('builds', '.');
// Long enough for another to come.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
cpSync('src', 'dist/src', { recursive: true });
process.exit(existsSync('src/broken') ? 1 : 0);
`;

/** The project's own scripts about sources of a line, so that what the tests run on is left alone. */
describe('the build', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rapid-fire-build-'));
    await Promise.all(['src', 'apps', 'libs', 'node_modules/.bin'].map((path) => make(path)));
    await Promise.all([
      cp(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true }),
      cp(join(ROOT, 'package.json'), join(folder, 'package.json')),
      write('src/main.js', 'one'),
      writeFile(join(folder, 'node_modules/.bin/nest'), COMPILER, { mode: 0o755 }),
    ]);
    await symlink('nest', join(folder, 'node_modules/.bin/vite'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const make = (path: string): Promise<unknown> => mkdir(join(folder, path), { recursive: true });
  const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
  const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8').catch(() => 'missing');
  const builds = async (): Promise<number> => (await text('builds')).length;

  /** Resolves with the exit code. */
  function run(command: string, ...args: string[]): Promise<number | null> {
    return new Child(command, command, args, { cwd: folder, env: process.env }).exited;
  }
  const npmRunBuild = (): Promise<number | null> => run('npm', 'run', 'build');
  const buildWhereItIsMissing = (): Promise<number | null> => run(process.execPath, '-e', BUILD);

  it('by `npm run build` is the one that `npm start`, the demo and the tests look for', async () => {
    expect(await npmRunBuild()).toBe(0);
    expect(await buildWhereItIsMissing()).toBe(0);
    expect([await builds(), await text('dist/src/main.js')]).toEqual([1, 'one']);
  });

  it('is not made again where only a test has changed', async () => {
    await npmRunBuild();
    await write('src/main.integration-spec.ts', 'it');
    expect(await buildWhereItIsMissing()).toBe(0);
    expect(await builds()).toBe(1);
  });

  it('is made once where several commands need it at the same time, and none reads one half made', async () => {
    const read = `${BUILD}.then(() => console.log(require('node:fs').readFileSync('dist/src/main.js', 'utf8')))`;
    const commands = ['one', 'two', 'three'].map(
      (name) => new Child(name, process.execPath, ['-e', read], { cwd: folder, env: process.env }),
    );
    expect(await Promise.all(commands.map(({ exited }) => exited))).toEqual([0, 0, 0]);
    expect(commands.map(({ lines }) => lines.at(-1))).toEqual(['one', 'one', 'one']);
    expect(await builds()).toBe(1);
  });

  it('is made although a command has died at it', async () => {
    const dead = new Child('one that has ended', 'true', []);
    await Promise.all([make('.data/setup-lock'), dead.exited]);
    await write(`.data/setup-lock/${dead.pid}-1`, '');
    expect(await npmRunBuild()).toBe(0);
    expect(await readdir(join(folder, '.data/setup-lock'))).toEqual([]);
  });

  it('is made again where the sources have changed, and what they no longer have is gone', async () => {
    await write('src/gone.js', 'gone');
    await npmRunBuild();
    await rm(join(folder, 'src/gone.js'));
    await write('src/main.js', 'two');
    expect(await buildWhereItIsMissing()).toBe(0);
    expect([await builds(), await text('dist/src/main.js'), await text('dist/src/gone.js')]).toEqual([
      2,
      'two',
      'missing',
    ]);
  });

  it('is made by `npm run build` whatever was there, over it', async () => {
    await npmRunBuild();
    await rm(join(folder, 'dist/src/main.js'));
    await write('dist/another.js', 'of a process that runs');
    expect(await npmRunBuild()).toBe(0);
    expect([await text('dist/src/main.js'), await text('dist/another.js')]).toEqual([
      'one',
      'of a process that runs',
    ]);
  });

  it('that failed is not taken for one that was made', async () => {
    await npmRunBuild();
    await write('src/broken', '');
    expect(await npmRunBuild()).toBe(1);
    expect(await buildWhereItIsMissing()).not.toBe(0);
    await rm(join(folder, 'src/broken'));
    // The sources are again those of the first build.
    expect(await npmRunBuild()).toBe(0);
    await write('src/broken', '');
    expect(await npmRunBuild()).toBe(1);
    await rm(join(folder, 'src/broken'));
    expect(await buildWhereItIsMissing()).toBe(0);
    expect(await builds()).toBe(6);
  });
});
