import type { Redis } from 'ioredis';
import { asOutage } from './outage';

/** A server's report about itself; null for what it does not reveal. */
export interface ServerFacts {
  /** `7.0.15`; Valkey and others name the Redis that they are compatible with. */
  version: string;
  evictionPolicy: string | null;
  hasAppendOnlyFile: boolean;
  /** `3600 1 300 100`; empty where no snapshots are taken. */
  snapshots: string | null;
  isReplica: boolean;
  isClusterNode: boolean;
  /** Connected at present. */
  replicas: number;
  /** Redis's clock minus ours, ms. */
  clockAheadMs: number;
}

/**
 * Asks a server for its facts; a fact that a hosted service does not reveal is null.
 *
 * @throws StoreUnavailableError if the server is gone again.
 */
export async function readServerFacts(redis: Redis): Promise<ServerFacts> {
  try {
    return await ask(redis);
  } catch (error) {
    throw asOutage(error);
  }
}

async function ask(redis: Redis): Promise<ServerFacts> {
  const askedAt = Date.now();
  const [seconds, micros] = await redis.time();
  const ourTime = (askedAt + Date.now()) / 2;
  const [info, snapshots] = await Promise.all([
    redis.info(),
    // Many hosted services forbid this; INFO reports everything else.
    redis.config('GET', 'save').then(configValue, () => null),
  ]);
  return {
    version: field(info, 'redis_version') ?? '0',
    evictionPolicy: field(info, 'maxmemory_policy'),
    hasAppendOnlyFile: field(info, 'aof_enabled') === '1',
    snapshots,
    isReplica: field(info, 'role') === 'slave',
    isClusterNode: field(info, 'cluster_enabled') === '1',
    replicas: Number(field(info, 'connected_slaves') ?? 0),
    clockAheadMs: Math.round(Number(seconds) * 1000 + Number(micros) / 1000 - ourTime),
  };
}

function field(info: string, name: string): string | null {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? null;
}

/** CONFIG GET answers a flat list, or a map if the connection speaks RESP3. */
function configValue(reply: unknown): string | null {
  const value: unknown = Array.isArray(reply) ? reply[1] : (reply as Record<string, unknown> | null)?.save;
  return typeof value === 'string' ? value : null;
}
