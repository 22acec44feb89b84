import { delimiter, join } from 'node:path';
import { unpackDebianPackage } from './debian-package.mjs';
import { TOOLS, isExecutable } from './redis-binary.mjs';
import { SetupError, run, say } from './steps.mjs';

/** In Debian 12 the first holds both programs; in the coming release the second is a package of its own. */
const PACKAGES = ['prometheus', 'promtool'];

const FOLDERS = [
  ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
  ...PACKAGES.map((name) => join(TOOLS, name, 'usr', 'bin')),
];

/**
 * Finds Prometheus and its `promtool`, or gets them: `PROMETHEUS` and `PROMTOOL`, the PATH, Debian's package unpacked
 * into `.data/tools`. Only the tests of `ops/` need them, so a machine without them can do all the rest.
 *
 * @returns {Promise<{ PROMETHEUS?: string, PROMTOOL?: string }>} their paths, for the environment of the tests
 * @throws SetupError where a path that was given is not one of them
 */
export async function providePrometheus() {
  const present = await find();
  if (present) return present;
  say('no prometheus on this machine: trying Debian’s package, for the tests of ops/');
  const failures = new Set();
  for (const name of PACKAGES) {
    const { failure } = await unpackDebianPackage(name, join(TOOLS, name));
    const unpacked = await find();
    if (unpacked) return unpacked;
    if (failure) failures.add(failure);
  }
  const why = [...failures].join('; ') || 'the packages hold no working ones';
  say(`NO PROMETHEUS (${why}): the tests of dashboard and alerts cannot run.`);
  say('Install prometheus with promtool, or set PROMETHEUS and PROMTOOL to their paths.');
  return {};
}

async function find() {
  const PROMETHEUS = await findProgram('prometheus', process.env.PROMETHEUS);
  const PROMTOOL = await findProgram('promtool', process.env.PROMTOOL);
  return PROMETHEUS && PROMTOOL ? { PROMETHEUS, PROMTOOL } : undefined;
}

async function findProgram(/** @type {string} */ name, /** @type {string | undefined} */ chosen) {
  const candidates = chosen ? [chosen] : FOLDERS.map((folder) => join(folder, name));
  for (const path of candidates) {
    if (await isWorking(path, name)) return path;
  }
  if (!chosen) return undefined;
  throw new SetupError(
    `${name.toUpperCase()} is ${chosen}, which is no working ${name}. Correct it, or unset it.`,
  );
}

async function isWorking(/** @type {string} */ path, /** @type {string} */ name) {
  if (!(await isExecutable(path))) return false;
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 60_000 });
  return ok && output.startsWith(`${name}, version`);
}
