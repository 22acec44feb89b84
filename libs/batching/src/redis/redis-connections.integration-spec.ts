import { eventually } from '../../../../test/support/eventually';
import { RedisServer } from '../../../../test/support/redis-server';
import { testSettings } from '../testing/settings';
import { commandClient, SILENT_MS, waitingClient } from './connection';
import { connect } from './ready';
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

  it('that wait do not wait for a server for ever that says nothing', async () => {
    const { redis } = testSettings({ REDIS_URL: server.url });
    const client = await connect(waitingClient(redis, 'test'), redis);
    server.pause();
    const answer = client.ping();
    await eventually(
      'the end of the connection',
      () => Promise.resolve(client.status),
      (status) => status !== 'ready',
      2 * SILENT_MS,
    );
    server.resume();
    expect(await answer).toBe('PONG');
    client.disconnect();
  });
});
