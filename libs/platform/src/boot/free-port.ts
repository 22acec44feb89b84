import { createServer } from 'node:net';

/**
 * Resolves if this process can listen on the port. To be asked first of all: Nest begins its applications before it binds
 * their port, and one that will not come up must not have shown itself on its Redis by then.
 *
 * @throws the system's error where the port is taken or not allowed.
 */
export async function requireFreePort(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
