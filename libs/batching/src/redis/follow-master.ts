import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 5_000;
const REPLICA = /^role:slave\r?$/m;

/**
 * Lets a client, and each that is made like it, leave a server that has become a replica. Who writes is told so by the
 * server; who only reads or subscribes would stay with it for ever, so each asks for itself now and then.
 */
export function followMaster<C extends Redis>(client: C): C {
  const duplicate = client.duplicate.bind(client) as (...options: unknown[]) => C;
  let isAsking = false;
  const look = async (): Promise<void> => {
    // A blocking read holds the question up for as long as it lasts.
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
