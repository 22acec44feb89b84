import { readFile } from 'node:fs/promises';

/** Of the kernel's clock, on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * The processor time that a process has had, ms; not a number where the system does not say. Unlike what it got done in a
 * second, this hardly depends on what else the machine does.
 */
export async function cpuMsOf(/** @type {number | undefined} */ pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name before it, in brackets, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
