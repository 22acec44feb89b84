import type { RedisClient } from './redis-client';

/**
 * Lets a client, and each that is made like it, be ended at any moment. Between two attempts to connect, ioredis stops
 * trying and tells nobody: who waits for the end, as BullMQ does when it closes, would wait for ever.
 *
 * See https://github.com/taskforcesh/bullmq/issues/4656.
 */
export function endable<C extends RedisClient>(client: C): C {
  const disconnect = client.disconnect.bind(client);
  const duplicate = client.duplicate.bind(client) as (...options: unknown[]) => C;
  return Object.assign(client, {
    disconnect: (reconnect = false): void => {
      // As it was before it first connected: then ioredis does tell.
      if (!reconnect && client.status === 'reconnecting') client.status = 'wait';
      disconnect(reconnect);
    },
    duplicate: (...options: unknown[]): C => endable(duplicate(...options)),
  });
}
