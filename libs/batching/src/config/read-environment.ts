import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The environment's text as the process will use it: its own variables, then `.env.<NODE_ENV>`, then `.env`. */
export function readEnvironment(
  own: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string | undefined> {
  const shared = readFile('.env');
  const name = own.NODE_ENV ?? shared.NODE_ENV ?? 'development';
  return { ...shared, ...readFile(`.env.${name}`), ...own };
}

function readFile(path: string): Record<string, string | undefined> {
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}
