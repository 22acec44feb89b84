import { findProgram, TOOLS } from './find-program';

/** The redis-server of this machine: the one that `npm test` provides, otherwise the one on the PATH. */
export function redisBinary(): string {
  const found = process.env.REDIS_SERVER ?? findProgram('redis-server', '/usr/bin', TOOLS);
  if (found) return found;
  throw new Error(
    'No redis-server on this machine: `npm test` finds or installs one, and says so in REDIS_SERVER.',
  );
}
