import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the set-up puts a server that the system has under no name of its own. */
const TOOLS = resolve(__dirname, '../../.data/tools');

/** The redis-server of this machine: the one that `npm test` provides, else the one on the PATH. */
export function redisBinary(): string {
  if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER;
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', TOOLS];
  const found = directories
    .map((directory) => join(directory, 'redis-server'))
    .find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'No redis-server on this machine: `npm test` finds or installs one, and says so in REDIS_SERVER.',
  );
}
