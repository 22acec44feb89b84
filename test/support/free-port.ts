import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

// Below the ports that systems give to connections by themselves. Each test file holds a block of ports by listening on its
// first one: a port that is free when it is asked for stays free until it is used, however long a process takes to start
// and however many test runs share the machine.
const FIRST = 12_000;
const BLOCKS = 200;
const PORTS_OF_EACH = 100;

let block: Promise<{ first: number; claim: Server }> | undefined;
let last = 0;

/** A loopback port without a listener, given out only once. */
export async function freePort(): Promise<number> {
  const { first } = await (block ??= claimBlock());
  last = (last % (PORTS_OF_EACH - 1)) + 1;
  const port = first + last;
  const server = await listen(port);
  if (!server) return freePort();
  await close(server);
  return port;
}

/** Gives this file's ports back. */
export async function releasePorts(): Promise<void> {
  const held = block;
  block = undefined;
  if (held) await close((await held).claim);
}

async function claimBlock(): Promise<{ first: number; claim: Server }> {
  const start = Math.floor(Math.random() * BLOCKS);
  for (let i = 0; i < BLOCKS; i += 1) {
    const first = FIRST + ((start + i) % BLOCKS) * PORTS_OF_EACH;
    const claim = await listen(first);
    if (claim) return { first, claim: claim.unref() };
  }
  throw new Error(`Each block of ports from ${FIRST} on is held by another test.`);
}

/** Undefined where another listens on the port. */
async function listen(port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
