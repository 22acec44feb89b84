import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Stamp } from './stamp.mjs';
import { ROOT, inRoot, mustRun, say } from './steps.mjs';

const FOLDERS = ['src', 'apps', 'libs'];
const FILES = /^(tsconfig.*\.json|nest-cli\.json|package-lock\.json)$/;
const stamp = new Stamp(inRoot('dist', '.rapid-fire-built'));

/** Makes `dist/` what the sources say; does nothing where it is already. */
export async function build() {
  const sources = await fingerprint();
  if (await stamp.isOf(sources)) return;
  say('building');
  // Emptied, so that what was deleted or renamed in the sources does not live on.
  await rm(inRoot('dist'), { recursive: true, force: true });
  const mend = 'Mend what it names, and run the command again.';
  await mustRun(inRoot('node_modules', '.bin', 'nest'), ['build'], mend);
  const page = ['build', '--config', inRoot('apps', 'console', 'vite.config.mts'), '--logLevel', 'error'];
  await mustRun(inRoot('node_modules', '.bin', 'vite'), page, mend);
  // Taken before the build: sources changed while it ran are built again next time.
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
    .filter((path) => !path.includes(`${sep}node_modules${sep}`))
    .sort();
  const contents = await Promise.all(paths.map((path) => readFile(path)));
  const hash = createHash('sha256');
  paths.forEach((path, index) =>
    hash.update(`${relative(ROOT, path)}\0${contents[index]?.length}\0`).update(contents[index] ?? ''),
  );
  return hash.digest('hex');
}
