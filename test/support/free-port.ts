import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems give to connections by themselves, and a separate range for each of Jest's workers: a port
// that is free when it is asked for stays free until it is used, however long a process takes to start.
const FIRST = 12_000;
const OF_EACH_WORKER = 2_000;
const WORKERS = 10;

const worker = Number(process.env.JEST_WORKER_ID ?? 0) % WORKERS;
let last = Math.floor(Math.random() * OF_EACH_WORKER);

/** A loopback port without a listener, given out only once. */
export async function freePort(): Promise<number> {
  last = (last + 1) % OF_EACH_WORKER;
  const port = FIRST + worker * OF_EACH_WORKER + last;
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return freePort();
    throw error;
  }
  server.close();
  await once(server, 'close');
  return port;
}
