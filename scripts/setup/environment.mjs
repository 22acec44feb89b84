import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { inRoot } from './steps.mjs';

/**
 * The environment as the applications will read it: the shell's variables, then `.env.<NODE_ENV>`, then `.env`.
 *
 * @returns {Record<string, string | undefined>}
 */
export function readEnvironment() {
  const shared = readFile('.env');
  const name = process.env.NODE_ENV ?? shared.NODE_ENV ?? 'development';
  return { ...shared, ...readFile(`.env.${name}`), ...process.env };
}

/** The first secret of a list as the applications read it; of an operator's key, `name:role:secret`, what is shown. */
export function secretIn(/** @type {string} */ list) {
  const first = list.split(',', 1)[0]?.trim() ?? '';
  return /^[\w-]+:(?:read|operate):(.+)$/.exec(first)?.[1] ?? first;
}

/** @returns {Record<string, string | undefined>} */
function readFile(/** @type {string} */ name) {
  try {
    return parseEnv(readFileSync(inRoot(name), 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
}
