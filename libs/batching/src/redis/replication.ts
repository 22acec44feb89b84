import { Cluster, Command, type Redis } from 'ioredis';
import type { BatchingSettings } from '../config/batching.settings';
import { asOutage, StoreUnavailableError } from './outage';
import type { RedisClient } from './redis-client';
import { WaitQueue } from './wait-queue';

/** The connection on which a key is written now; another socket is another connection, and knows nothing of the first. */
interface Connection {
  server: Redis;
  socket: Redis['stream'];
}

/**
 * Waits until replicas have what was written, so that a failover cannot lose it. Redis answers `WAIT` for the writes of
 * the same connection; on another connection it would answer at once.
 */
export class Replication {
  private readonly queues = new WeakMap<Redis, WaitQueue>();

  constructor(
    private readonly client: RedisClient,
    private readonly settings: Pick<BatchingSettings['redis'], 'minReplicas' | 'commandTimeoutMs'>,
  ) {}

  /**
   * Runs a step that writes keys of one slot, and resolves once enough replicas have its writes.
   *
   * @throws StoreUnavailableError if too few have them in time. The writes stay in place, and may survive or not.
   */
  async acknowledged<T>(key: string, write: () => Promise<T>): Promise<T> {
    const { minReplicas, commandTimeoutMs } = this.settings;
    // No replica is required.
    if (minReplicas === 0) return write();
    const startedMs = performance.now();
    const before = this.connectionOf(key);
    const result = await write();
    if (!before) throw notAcknowledged('it is not known which server wrote it');
    const leftMs = Math.max(0, commandTimeoutMs - (performance.now() - startedMs));
    const replicas = await this.ask(before.server, leftMs);
    const after = this.connectionOf(key);
    if (after?.server !== before.server || after.socket !== before.socket) {
      throw notAcknowledged('the connection that wrote it is gone');
    }
    if (replicas < minReplicas) {
      throw notAcknowledged(`${replicas} of the ${minReplicas} replicas have it (REDIS_MIN_REPLICAS)`);
    }
    return result;
  }

  private async ask(server: Redis, withinMs: number): Promise<number> {
    const queue = this.queues.get(server) ?? new WaitQueue(server, this.settings.minReplicas);
    this.queues.set(server, queue);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(0), withinMs);
    });
    try {
      return await Promise.race([queue.replicasThatHaveAll(), tooLate]);
    } catch (error) {
      throw asOutage(error);
    } finally {
      clearTimeout(timer);
    }
  }

  private connectionOf(key: string): Connection | null {
    const server = this.serverOf(key);
    return server && { server, socket: server.stream };
  }

  private serverOf(key: string): Redis | null {
    if (!(this.client instanceof Cluster)) return this.client;
    const slot = new Command('get', [key]).getSlot();
    const [name] = this.client.slots[slot] ?? [];
    const masters = this.client.nodes('master');
    return masters.find(({ options: { host, port } }) => `${String(host)}:${String(port)}` === name) ?? null;
  }
}

function notAcknowledged(cause: string): StoreUnavailableError {
  return new StoreUnavailableError(new Error(`what was written may be lost at a failover: ${cause}`));
}
