import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What ends by itself in this time was ending already, ms. */
const GRACE_MS = 2_000;
const LOOK_AGAIN_MS = 100;

/**
 * Ends every process that still carries a test run's mark in its environment; Linux only, elsewhere it finds none.
 *
 * @param {string} run the value of `RAPID_FIRE_TEST_RUN`
 * @returns {Promise<string[]>} what they were
 */
export async function endSurvivors(run) {
  const deadline = performance.now() + GRACE_MS;
  let survivors = await survivorsOf(run);
  while (survivors.length > 0 && performance.now() < deadline) {
    await pause(LOOK_AGAIN_MS);
    survivors = await survivorsOf(run);
  }
  for (const { pid } of survivors) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended just now; it outlived the run all the same.
    }
  }
  return survivors.map(({ pid, command }) => `process ${pid}: ${command}`);
}

async function survivorsOf(/** @type {string} */ run) {
  const entries = await readdir('/proc').catch(() => []);
  const survivors = [];
  for (const pid of entries.map(Number).filter((number) => number > 0 && number !== process.pid)) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`RAPID_FIRE_TEST_RUN=${run}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // What has ended and waits for its parent has no command line any more.
    if (command !== '') survivors.push({ pid, command: command.replaceAll('\0', ' ').trim() });
  }
  return survivors;
}
