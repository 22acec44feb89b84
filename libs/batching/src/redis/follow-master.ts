import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 5_000;
const REPLICA = /^role:slave\r?$/m;

/**
 * Makes a client, and each client duplicated from it, leave a server that has become a replica. The server tells clients
 * that write; a client that only reads or subscribes would stay for ever, so each asks from time to time.
 */
export function followMaster<C extends Redis>(client: C): C {
  const duplicate = client.duplicate.bind(client) as (...options: unknown[]) => C;
  let isAsking = false;
  const look = async (): Promise<void> => {
    // A blocking read delays the question for as long as it lasts.
    if (isAsking) return;
    isAsking = true;
    const info = await client.info('replication').catch(() => '');
    isAsking = false;
    if (REPLICA.test(info)) client.disconnect(true);
  };
  let timer: NodeJS.Timeout | undefined;
  client.on('ready', () => {
    clearInterval(timer);
    timer = setInterval(() => {
      look().catch(() => undefined);
    }, LOOK_EVERY_MS).unref();
  });
  client.on('close', () => clearInterval(timer));
  return Object.assign(client, {
    duplicate: (...options: unknown[]): C => followMaster(duplicate(...options)),
  });
}
