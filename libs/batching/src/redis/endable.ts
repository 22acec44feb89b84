import type { RedisClient } from './redis-client';

/**
 * Makes a client, and each client duplicated from it, endable at any moment. Between two attempts to connect, ioredis stops
 * trying without an event: a caller that waits for the end, as BullMQ does when it closes, would wait for ever.
 *
 * See https://github.com/taskforcesh/bullmq/issues/4656.
 */
export function endable<C extends RedisClient>(client: C): C {
  const disconnect = client.disconnect.bind(client);
  const duplicate = client.duplicate.bind(client) as (...options: unknown[]) => C;
  return Object.assign(client, {
    disconnect: (reconnect = false): void => {
      // The status before its first connection, in which ioredis does emit the event.
      if (!reconnect && client.status === 'reconnecting') client.status = 'wait';
      disconnect(reconnect);
    },
    duplicate: (...options: unknown[]): C => endable(duplicate(...options)),
  });
}
