import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { boundConnections } from './connections';

describe('an idle connection', () => {
  let server: Server;

  beforeEach(async () => {
    server = createServer((_, response) => void response.end());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is kept for longer than gateways and proxies keep one', async () => {
    boundConnections(server);
    const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(headers.get('keep-alive')).toBe('timeout=95');
  });
});
