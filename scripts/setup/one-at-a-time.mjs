import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, say } from './steps.mjs';

const FOLDER = inRoot('.data');
const LOCK = inRoot('.data', 'setup.lock');
const POLL_MS = 200;
/** No step takes so long: whoever has the number of that process is another one, ms. */
const LONGEST_MS = 30 * 60_000;
/** A process that has not said who it is by then died before it could, ms. */
const NAMELESS_MS = 10_000;

/**
 * Runs a step of the set-up that writes what other commands would write too, once none of them is at such a step. It may find
 * then that there is nothing left to do. Steps are not within each other.
 *
 * @template T
 * @param {() => Promise<T>} step
 */
export async function oneAtATime(step) {
  await mkdir(FOLDER, { recursive: true });
  for (let waited = 0; !(await isOurs()); waited += 1) {
    if (waited === 0) say('waiting for another command, which is at the set-up');
    await pause(POLL_MS);
  }
  try {
    return await step();
  } finally {
    await rm(LOCK, { force: true });
  }
}

/** False while another process has it; one that has died has it no more. */
async function isOurs() {
  try {
    await writeFile(LOCK, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  const holder = await readFile(LOCK, 'utf8').catch(() => '');
  const since = await stat(LOCK).catch(() => null);
  if (since === null) return false;
  const ageMs = Date.now() - since.mtimeMs;
  const isHeld = holder === '' ? ageMs < NAMELESS_MS : ageMs < LONGEST_MS && isAlive(Number(holder));
  if (!isHeld) await rm(LOCK, { force: true });
  return false;
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
