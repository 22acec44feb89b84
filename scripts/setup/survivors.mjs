import { readdir, readFile } from 'node:fs/promises';

/**
 * Ends every process that still carries a test run's mark in its environment; Linux only, elsewhere it finds none.
 *
 * @param {string} run the value of `RAPID_FIRE_TEST_RUN`
 * @returns {Promise<string[]>} what they were
 */
export async function endSurvivors(run) {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const survivors = [];
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`RAPID_FIRE_TEST_RUN=${run}`)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // What has ended and waits for its parent has no command line any more.
    if (command === '') continue;
    survivors.push(`process ${pid}: ${command.replaceAll('\0', ' ').trim()}`);
    process.kill(Number(pid), 'SIGKILL');
  }
  return survivors;
}
