import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings';
import { connect } from './ready';
import type { RedisClient } from './redis-client';

const REVIVE_AFTER_MS = 500;

/** Opens the process's connections before anything uses them, and closes them when everything has. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly clients: RedisClient[] = [];
  private readonly listeners: (() => void)[] = [];
  private isClosed = false;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** @throws RedisUnreachableError where no server answers for too long. */
  async open<C extends RedisClient>(client: C): Promise<C> {
    this.clients.push(client);
    const connected = await connect(client, this.settings.redis);
    connected.on('ready', () => {
      for (const listener of this.listeners) listener();
    });
    connected.on('end', () => this.revive(connected));
    return connected;
  }

  /** Calls whenever one of the connections has been lost and is back. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * ioredis gives up for good where a connection breaks off while it is being made, as in a failover: it takes that for
   * a closing on purpose. Nobody here closes one before the process ends.
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
