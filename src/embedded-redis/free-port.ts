import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Production's Redis and the development tunnel to it: our own Redis must never be mistaken for them. */
const RESERVED = [6379, 6380];

/** A loopback port without a listener at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return RESERVED.includes(port) ? freePort() : port;
}
