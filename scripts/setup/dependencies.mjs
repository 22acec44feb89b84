import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { oneAtATime } from './one-at-a-time.mjs';
import { Stamp } from './stamp.mjs';
import { inRoot, mustRun, say } from './steps.mjs';

/**
 * Makes a package's `node_modules` what its `package-lock.json` says; does nothing where it is already.
 *
 * @param {string} [folder] of the package; default: the project itself
 */
export async function installDependencies(folder = '.') {
  const stamp = new Stamp(inRoot(folder, 'node_modules', '.rapid-fire-installed'));
  const lock = createHash('sha256')
    .update(await readFile(inRoot(folder, 'package-lock.json')))
    .digest('hex');
  if (await stamp.isOf(lock)) return;
  await oneAtATime(async () => {
    if (await stamp.isOf(lock)) return;
    say(folder === '.' ? 'installing dependencies' : `installing dependencies of ${folder}`);
    await stamp.remove();
    // Development dependencies build the project, so they are wanted whatever NODE_ENV says.
    await mustRun(
      'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', ...(folder === '.' ? [] : ['--prefix', folder])],
      'See that the npm registry can be reached, and run the command again.',
    );
    await stamp.write(lock);
  });
}
