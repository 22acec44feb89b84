import { pathToFileURL } from 'node:url';
import { readEnvironment } from './environment.mjs';
import { inRoot } from './steps.mjs';

/** Stands in for the Redis that `npm start` brings, while everything else is checked. */
const TO_BE_STARTED = 'redis://127.0.0.1:0';

/**
 * The settings as the applications will have them, checked as they will, before anything slow is begun for them. Needs the
 * build.
 *
 * @throws the applications' own error, with every problem and the exit code
 */
export async function loadSettings() {
  const path = inRoot('dist', 'libs', 'settings', 'src', 'load-settings.js');
  const { loadSettings: load } = await import(pathToFileURL(path).href);
  return load(isRedisBrought() ? {} : { REDIS_URL: TO_BE_STARTED });
}

/** Whether the operator names a Redis, so that none is needed here. */
export function isRedisBrought() {
  const { REDIS_URL, REDIS_CLUSTER_NODES, REDIS_SENTINELS } = readEnvironment();
  return Boolean(REDIS_URL || REDIS_CLUSTER_NODES || REDIS_SENTINELS);
}
