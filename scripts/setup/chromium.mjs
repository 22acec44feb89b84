import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { APT_INSTALL, APT_UPDATE, installWithPackageManager } from './package-manager.mjs';
import { SetupError, run, say } from './steps.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** @type {import('./package-manager.mjs').Manager[]} */
const MANAGERS = [
  {
    command: 'apt-get',
    attempts: [[APT_INSTALL.concat('chromium')], [APT_UPDATE, APT_INSTALL.concat('chromium')]],
  },
  { command: 'apk', attempts: [[['apk', 'add', '--no-cache', 'chromium']]] },
  { command: 'dnf', attempts: [[['dnf', 'install', '-y', 'chromium']]] },
];

/**
 * Finds a Chromium, or gets one: `CHROMIUM`, the PATH, the system's package manager.
 *
 * @returns {Promise<string>} its path
 * @throws SetupError that says what was tried, and what to do
 */
export async function provideChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen && !(await isChromium(chosen))) {
    throw new SetupError(`CHROMIUM is ${chosen}, which is no working Chromium. Correct it, or unset it.`);
  }
  const present = chosen ?? (await findChromium());
  if (present) return present;
  const { found, failure } = await installWithPackageManager('chromium', MANAGERS, findChromium);
  if (found === undefined) {
    throw new SetupError(
      `No Chromium could be found or installed.\n  - ${failure}\n` +
        'Install Chromium or Chrome, or set CHROMIUM to the path of one, and run the command again.\n' +
        '`npm test` needs no browser.',
    );
  }
  say(`chromium: ${found}`);
  return found;
}

async function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const path of NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isChromium(path)) return path;
  }
  return undefined;
}

/** Ubuntu has a script of that name which only says that there is a snap. */
async function isChromium(/** @type {string} */ path) {
  const isThere = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
  return ok && /^(Chromium|Google Chrome) \d/m.test(output);
}
