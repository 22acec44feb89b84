import { effectiveVariables } from './effective';
import { type Settings, settingsOf } from './settings';
import { shadowedVariables } from './shadowed';
import { mergeSources, readSources, type Variables } from './sources';
import { validateEnvironment } from './validate';

/**
 * Reads `.env.<NODE_ENV>`, `.env` and the process's own environment, which wins, and checks them before anything
 * connects anywhere.
 *
 * @param overrides variables that the program itself decides, over all others. A `REDIS_URL` among them is a Redis
 * that the program brings, and exempt from the rules about addresses.
 * @throws ConfigurationError with every problem found.
 */
export function loadSettings(overrides: Variables = {}): Settings {
  const found = readSources();
  const sources = [{ name: 'program', variables: overrides }, ...found];
  const shadowed = shadowedVariables(found);
  const isOwnRedis = overrides.REDIS_URL !== undefined;
  const env = validateEnvironment(mergeSources(sources), { isOwnRedis, shadowed });
  return settingsOf(env, { variables: effectiveVariables(env, sources), shadowed });
}
