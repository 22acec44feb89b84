import { loadGroup, type Variables } from '@app/config';
import { allSettings, type Settings } from './settings';

/**
 * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins, and checks them before anything
 * connects anywhere.
 *
 * @param overrides variables that the program itself decides, over all others. A `REDIS_URL` among them is a Redis
 * that the program brings, and exempt from the rules about addresses.
 * @throws ConfigurationError with every problem found.
 */
export function loadSettings(overrides: Variables = {}): Settings {
  return loadGroup(allSettings, overrides);
}
