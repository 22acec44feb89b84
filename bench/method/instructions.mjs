import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** True where this machine has valgrind, which counts the instructions of a process. */
export function canCount() {
  return run('valgrind', ['--version']).then(
    () => true,
    () => false,
  );
}

/** What runs a program so that its instructions are counted; the counts are left in `folder`. */
export function counting(/** @type {string} */ folder) {
  const out = `--callgrind-out-file=${join(folder, 'callgrind')}`;
  return ['valgrind', '--tool=callgrind', '--instr-atstart=no', out];
}

/** Counts the instructions of one process that was started by `counting`. */
export class InstructionCounter {
  #pid;
  #folder;
  #dumps = 0;

  /**
   * @param {number} pid
   * @param {string} folder
   */
  constructor(pid, folder) {
    this.#pid = pid;
    this.#folder = folder;
  }

  /** The instructions of the process, outside the kernel, while `work` runs. */
  async of(/** @type {() => Promise<unknown>} */ work) {
    await this.#tell('instrumentation on');
    await work();
    await this.#tell('dump');
    await this.#tell('instrumentation off');
    const dump = await readFile(join(this.#folder, `callgrind.${(this.#dumps += 1)}`), 'utf8');
    return Number(/^totals: (\d+)$/m.exec(dump)?.[1]);
  }

  async #tell(/** @type {string} */ command) {
    await run('vgdb', [`--pid=${this.#pid}`, ...command.split(' ')]);
  }
}
