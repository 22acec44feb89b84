import { Logger } from '@nestjs/common';
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
  afterEach(async () => {
    jest.restoreAllMocks();
    connections.onApplicationShutdown();
    await server.stop();
  });

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

  it('are one in the log: an outage has a line when the first is lost, and one when the last is back', async () => {
    const lines: unknown[] = [];
    const note = (line: unknown): number => lines.push(line);
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(note);
    jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
    const { redis } = testSettings({ REDIS_URL: server.url });
    const clients = await Promise.all(
      ['one', 'two', 'three'].map((name) => connections.open(commandClient(redis, name))),
    );
    for (let outage = 1; outage <= 2; outage += 1) {
      await server.restart();
      await eventually(
        'all of them back',
        () => Promise.resolve([lines.length, ...clients.map(({ status }) => status)]),
        ([said, ...states]) => Number(said) >= 2 * outage && states.every((status) => status === 'ready'),
      );
      expect(lines).toHaveLength(2 * outage);
    }
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^Connection to Redis at .* lost$/),
      expect.stringMatching(/^Connection to Redis at .* is back$/),
    ]);
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
