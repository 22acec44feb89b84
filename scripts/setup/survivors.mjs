import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** What ends by itself in this time was ending already, ms. */
const GRACE_MS = 2_000;
const LOOK_AGAIN_MS = 100;

/**
 * Kills what a test run started and left running. Looks in `/proc`; on a system without it nothing is found.
 *
 * @param {string} run the run's `RAPID_FIRE_TEST_RUN`
 * @returns {Promise<string[]>} process id and command line of each
 */
export async function endSurvivors(run) {
  const deadline = performance.now() + GRACE_MS;
  let survivors = await processesOf(run);
  while (survivors.length > 0 && performance.now() < deadline) {
    await delay(LOOK_AGAIN_MS);
    survivors = await processesOf(run);
  }
  return Promise.all(survivors.map(end));
}

async function processesOf(/** @type {string} */ run) {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  // Gone meanwhile, or another user's: not ours.
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => environments[index]?.split('\0').includes(`RAPID_FIRE_TEST_RUN=${run}`));
}

async function end(/** @type {string} */ pid) {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It ended just now.
  }
  return `${pid} ${command.replaceAll('\0', ' ').trim()}`;
}
