import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { Stamp } from './stamp.mjs';
import { ROOT, inRoot, mustRun, say } from './steps.mjs';

const FOLDERS = ['src', 'apps', 'libs'];
/** Nothing that is built has any of it. */
const SPEC = /[.-]spec\.tsx?$/;
const FILES = /^(tsconfig.*\.json|nest-cli\.json|package-lock\.json)$/;
const stamp = new Stamp(inRoot('dist', '.rapid-fire-built'));

const MEND = 'Mend what it names, and run the command again.';

/** Makes `dist/` what the sources say; does nothing where it is already. */
export async function build() {
  const sources = await fingerprint();
  if (await stamp.isOf(sources)) return;
  await oneAtATime(async () => {
    if (await stamp.isOf(sources)) return;
    say('building');
    // Emptied, so that what was deleted or renamed in the sources does not live on.
    await rm(inRoot('dist'), { recursive: true, force: true });
    await compile(sources);
  });
}

/** Builds whatever was built before, over it: processes that run from `dist/`, and start again meanwhile, find their files. */
export async function buildAnew() {
  const sources = await fingerprint();
  await oneAtATime(async () => {
    await stamp.remove();
    await compile(sources);
  });
}

/** @param {string} sources taken before: what changes while it runs is built again next time */
async function compile(sources) {
  await mustRun(inRoot('node_modules', '.bin', 'nest'), ['build'], MEND);
  const page = ['build', '--config', inRoot('apps', 'console', 'vite.config.mts'), '--logLevel', 'error'];
  await mustRun(inRoot('node_modules', '.bin', 'vite'), page, MEND);
  await stamp.write(sources);
}

/** Of the sources: contents rather than times, which a checkout or a restored cache sets at will. */
export async function fingerprint() {
  const folders = await Promise.all(
    FOLDERS.map((name) => readdir(inRoot(name), { recursive: true, withFileTypes: true })),
  );
  const top = await readdir(inRoot(), { withFileTypes: true });
  const paths = [...folders.flat(), ...top.filter(({ name }) => FILES.test(name))]
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // A package of its own in `apps` has dependencies of its own.
    .filter((path) => !path.includes(`${sep}node_modules${sep}`) && !SPEC.test(path))
    .sort();
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const hash = createHash('sha256');
  paths.forEach((path, index) =>
    hash.update(`${relative(ROOT, path)}\0${contents[index]?.length}\0`).update(contents[index] ?? ''),
  );
  return hash.digest('hex');
}
