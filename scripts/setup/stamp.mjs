import { readFile, rm, writeFile } from 'node:fs/promises';

/**
 * A note, kept inside what a step made, of what it was made from. It is written last and removed first, so that a step
 * interrupted half way counts as not done.
 */
export class Stamp {
  /** @param {string} path */
  constructor(path) {
    this.path = path;
  }

  /** Whether the step was finished for these inputs. */
  async isOf(/** @type {string} */ inputs) {
    return (await readFile(this.path, 'utf8').catch(() => undefined)) === inputs;
  }

  async write(/** @type {string} */ inputs) {
    await writeFile(this.path, inputs);
  }

  async remove() {
    await rm(this.path, { force: true });
  }
}
