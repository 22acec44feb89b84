import { Cluster, type Redis } from 'ioredis';

/** A client of ours, for one server or for a cluster. */
export type RedisClient = Redis | Cluster;

/** The clients of the single servers behind a client: itself, or one for each master of a cluster that is known now. */
export function mastersOf(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
