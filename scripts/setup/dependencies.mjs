import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Stamp } from './stamp.mjs';
import { inRoot, mustRun, say } from './steps.mjs';

const stamp = new Stamp(inRoot('node_modules', '.rapid-fire-installed'));

/** Makes `node_modules` what `package-lock.json` says; does nothing where it is already. */
export async function installDependencies() {
  const lock = createHash('sha256')
    .update(await readFile(inRoot('package-lock.json')))
    .digest('hex');
  if (await stamp.isOf(lock)) return;
  say('installing dependencies');
  await stamp.remove();
  // Development dependencies build the project, so they are wanted whatever NODE_ENV says.
  await mustRun(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund'],
    'See that the npm registry can be reached, and run the command again.',
  );
  await stamp.write(lock);
}
