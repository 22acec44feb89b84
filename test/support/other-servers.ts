import { findProgram, TOOLS } from './find-program';
import { redisBinary } from './redis-binary';

/** A kind of server that is supported, and its path; null if this machine has none. */
export interface KnownServer {
  name: string;
  /** The variable that names the path. */
  variable: string;
  binary: string | null;
}

/** The server of this machine, and the other supported ones: the oldest Redis, and Valkey. */
export const SERVERS: readonly KnownServer[] = [
  { name: 'the Redis of this machine', variable: 'REDIS_SERVER', binary: redisBinary() },
  { name: 'Redis 6.2', variable: 'REDIS_62_SERVER', binary: process.env.REDIS_62_SERVER ?? null },
  {
    name: 'Valkey',
    variable: 'VALKEY_SERVER',
    binary: process.env.VALKEY_SERVER ?? findProgram('valkey-server', '/usr/bin', TOOLS) ?? null,
  },
];
