import type { Redis } from 'ioredis';
import { commandClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { testSettings } from './settings';

/** A connected client of one server, as an application would have it; the caller disconnects it. */
export async function testClient(url: string): Promise<Redis> {
  const { redis } = testSettings({ REDIS_URL: url });
  return (await connect(commandClient(redis, 'test'), redis)) as Redis;
}
