import { eventually } from '../../../../test/support/eventually';
import { RedisServer } from '../../../../test/support/redis-server';
import { testSettings } from '../testing/settings';
import { commandClient } from './connection';
import { RedisConnections } from './redis-connections';

describe('the connections of a process', () => {
  let server: RedisServer;
  let connections: RedisConnections;

  beforeEach(async () => {
    server = await RedisServer.start();
    connections = new RedisConnections(testSettings({ REDIS_URL: server.url }));
  });
  afterEach(() => server.stop());

  it('come back also where their client has given them up for good', async () => {
    const client = await connections.open(
      commandClient(testSettings({ REDIS_URL: server.url }).redis, 'test'),
    );
    client.disconnect();
    await eventually(
      'the end',
      () => Promise.resolve(client.status),
      (status) => status === 'end',
    );
    await eventually(
      'a new beginning',
      () => Promise.resolve(client.status),
      (status) => status === 'ready',
    );
    expect(await client.ping()).toBe('PONG');
    connections.onApplicationShutdown();
  });
});
