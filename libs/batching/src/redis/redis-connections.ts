import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { connect } from './ready';
import type { RedisClient } from './redis-client';

const REVIVE_AFTER_MS = 500;

/** Opens the process's connections before they are used, and closes them afterwards. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly clients: RedisClient[] = [];
  private readonly listeners: (() => void)[] = [];
  /** An outage is one to whoever reads the log, however many connections it takes. */
  private readonly lost = new Set<RedisClient>();
  private isClosed = false;

  constructor(@Inject(SETTINGS) private readonly settings: BatchingSettings) {}

  /** @throws RedisUnreachableError if no server answers for too long. */
  async open<C extends RedisClient>(client: C): Promise<C> {
    this.clients.push(client);
    const connected = await connect(client, this.settings.redis, this.lost);
    connected.on('ready', () => {
      for (const listener of this.listeners) listener();
    });
    connected.on('end', () => this.revive(connected));
    return connected;
  }

  /** Calls the listener whenever one of the connections was lost and is back. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * If a connection breaks off while it is being made, as in a failover, ioredis treats that as an intended close and gives
   * up for good. No connection is closed on purpose before the process ends.
   */
  private revive(client: RedisClient): void {
    setTimeout(() => {
      if (!this.isClosed) client.connect().catch(() => undefined);
    }, REVIVE_AFTER_MS).unref();
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
    for (const client of this.clients) {
      client.removeAllListeners('close');
      client.disconnect();
    }
  }
}
