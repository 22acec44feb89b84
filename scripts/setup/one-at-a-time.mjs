import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, say } from './steps.mjs';

/** A folder with one file, which is called like its holder: a file of another holder is never taken away in its place. */
const LOCK = inRoot('.data', 'setup-lock');
const POLL_MS = 200;
/** No step takes so long: whoever has the number of that process is another one, ms. */
const LONGEST_MS = 30 * 60_000;
/** What `rename` says where another has the lock. */
const TAKEN = ['ENOTEMPTY', 'EEXIST'];

/**
 * Runs a step of the set-up that writes what other commands would write too, once none of them is at such a step. It may find
 * then that there is nothing left to do. Steps are not within each other.
 *
 * @template T
 * @param {() => Promise<T>} step
 */
export async function oneAtATime(step) {
  const name = `${process.pid}-${randomUUID()}`;
  for (let waited = 0; !(await isOurs(name)); waited += 1) {
    if (waited === 0) say('waiting for another command, which is at the set-up');
    await pause(POLL_MS);
  }
  try {
    return await step();
  } finally {
    await rm(join(LOCK, name), { force: true });
  }
}

/** False while another process has it; one that has died has it no more. */
async function isOurs(/** @type {string} */ name) {
  const [holder] = await readdir(LOCK).catch(() => []);
  if (holder !== undefined) {
    if (await isHeld(holder)) return false;
    await rm(join(LOCK, holder), { force: true });
  }
  const ours = `${LOCK}.${name}`;
  await mkdir(ours, { recursive: true });
  await writeFile(join(ours, name), '');
  try {
    // A folder takes the place of an empty one only, so that one of many gets it.
    await rename(ours, LOCK);
    return true;
  } catch (error) {
    await rm(ours, { recursive: true, force: true });
    if (TAKEN.includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) return false;
    throw error;
  }
}

async function isHeld(/** @type {string} */ holder) {
  const since = await stat(join(LOCK, holder)).catch(() => null);
  if (since === null) return false;
  return Date.now() - since.mtimeMs < LONGEST_MS && isAlive(Number.parseInt(holder, 10));
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
