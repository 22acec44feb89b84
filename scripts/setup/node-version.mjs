import { SetupError } from './steps.mjs';

/** The oldest Node that can `require` the ES modules of Nest 12. */
const OLDEST = [20, 19];

/** @throws SetupError where this Node is too old */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `Node ${version} is too old: Rapid-Fire needs Node ${OLDEST.join('.')} or newer.\n` +
      'Install a current release from https://nodejs.org and run the command again.',
  );
}
