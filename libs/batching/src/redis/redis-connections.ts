import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { SETTINGS, type Settings } from '../config/settings';
import { connect } from './ready';

/** Opens the process's connections before anything uses them, and closes them when everything has. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  private readonly clients: Redis[] = [];
  private readonly listeners: (() => void)[] = [];

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** @throws RedisUnreachableError where no server answers for too long. */
  async open(client: Redis): Promise<Redis> {
    this.clients.push(client);
    const connected = await connect(client, this.settings.redis.bootWaitMs);
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
