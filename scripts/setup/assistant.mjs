import { symlink } from 'node:fs/promises';
import { fingerprint } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { Stamp } from './stamp.mjs';
import { inRoot, mustRun, say } from './steps.mjs';

const FOLDER = 'apps/assistant';
const stamp = new Stamp(inRoot('dist', '.rapid-fire-assistant-built'));

/** The assistant's own dependencies: the core has none of them. */
export function installAssistant() {
  return installDependencies(FOLDER);
}

/** Makes the assistant in `dist/` what its sources say, once the other applications are built; does nothing where it is already. */
export async function buildAssistant() {
  await installAssistant();
  const sources = await fingerprint();
  if (await stamp.isOf(sources)) return;
  await oneAtATime(async () => {
    if (await stamp.isOf(sources)) return;
    say('building the assistant');
    await mustRun(
      inRoot('node_modules', '.bin', 'nest'),
      ['build', 'assistant'],
      'Mend what it names, and run the command again.',
    );
    // Node looks for packages next to what it runs, and above.
    await symlink(inRoot(FOLDER, 'node_modules'), inRoot('dist', FOLDER, 'node_modules'), 'dir').catch(
      unlessThere,
    );
    await stamp.write(sources);
  });
}

function unlessThere(/** @type {NodeJS.ErrnoException} */ error) {
  if (error.code !== 'EEXIST') throw error;
}
