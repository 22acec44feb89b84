import { pathToFileURL } from 'node:url';
import { inRoot } from './steps.mjs';

/** Stands in for the Redis that `npm start` brings, while everything else is checked. */
const TO_BE_STARTED = 'redis://127.0.0.1:0';

/**
 * Checks the settings as the applications will, before anything slow is begun for them. Needs the build.
 *
 * @param {boolean} isRedisBrought whether the operator names a Redis
 * @throws the applications' own error, with every problem and the exit code
 */
export async function checkSettings(isRedisBrought) {
  const path = inRoot('dist', 'libs', 'settings', 'src', 'load-settings.js');
  const { loadSettings } = await import(pathToFileURL(path).href);
  loadSettings(isRedisBrought ? {} : { REDIS_URL: TO_BE_STARTED });
}
