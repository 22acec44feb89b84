import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings';
import { connect } from './ready';
import type { RedisClient } from './redis-client';

/** Opens the process's connections before anything uses them, and closes them when everything has. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly clients: RedisClient[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** @throws RedisUnreachableError where no server answers for too long. */
  async open<C extends RedisClient>(client: C): Promise<C> {
    this.clients.push(client);
    const connected = await connect(client, this.settings.redis);
    connected.on('ready', () => {
      for (const listener of this.listeners) listener();
    });
    return connected;
  }

  /** Calls whenever one of the connections has been lost and is back. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  onApplicationShutdown(): void {
    for (const client of this.clients) {
      client.removeAllListeners('close');
      client.disconnect();
    }
  }
}
