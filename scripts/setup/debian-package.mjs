import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOOLS } from './redis-binary.mjs';
import { reasonIn, run } from './steps.mjs';

const TIMEOUT_MS = 120_000;

/**
 * Unpacks a package of Debian or Ubuntu into a folder, without what it depends on. Nothing is installed, so none of its
 * services can start, and no root is needed.
 *
 * @param {string} name
 * @param {string} folder replaced as a whole, once the package is there
 * @param {string} [source] a line of `sources.list` to take it from, in place of the machine's own
 * @returns {Promise<{ failure?: string }>}
 */
export async function unpackDebianPackage(name, folder, source) {
  if (!(await run('apt-get', ['--version'])).ok) return { failure: 'apt-get: not on this machine' };
  await mkdir(TOOLS, { recursive: true });
  const work = await mkdtemp(join(TOOLS, 'apt-'));
  try {
    const apt = ['apt-get', ...(await aptOfItsOwn(work, source))];
    const failure =
      (await failureOf([...apt, 'update'], work)) ?? (await failureOf([...apt, 'download', name], work));
    if (failure) return { failure };
    const archive = (await readdir(work)).find((file) => file.endsWith('.deb')) ?? '';
    const unpacked = join(work, 'unpacked');
    const broken = await failureOf(['dpkg', '-x', archive, unpacked], work);
    if (broken) return { failure: broken };
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
    return {};
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The machine's own package lists may be missing, as on a bare image, or old, and only root may renew them. */
async function aptOfItsOwn(/** @type {string} */ work, /** @type {string | undefined} */ source) {
  const [state, cache] = [join(work, 'state'), join(work, 'cache')];
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  const list = join(work, 'sources.list');
  if (source) await writeFile(list, `${source}\n`);
  const options = {
    ...(source && { 'Dir::Etc::sourcelist': list, 'Dir::Etc::sourceparts': '/dev/null' }),
    'Dir::State': state,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': cache,
    // As root, apt would drop to a user of its own, who may not write here.
    'APT::Sandbox::User': '',
  };
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

async function failureOf(/** @type {string[]} */ [command = '', ...args], /** @type {string} */ cwd) {
  const { ok, output } = await run(command, args, { cwd, timeoutMs: TIMEOUT_MS });
  return ok ? undefined : `${command}: ${reasonIn(output)}`;
}
