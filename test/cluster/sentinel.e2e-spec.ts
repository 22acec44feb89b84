import { Redis } from 'ioredis';
import { Customers } from '../chaos/customers';
import { batchesWaiting, lookForDamage } from '../chaos/findings';
import { Random } from '../chaos/random';
import { AppProcess } from '../support/app-process';
import { eventually, pause } from '../support/eventually';
import { send } from '../support/http';
import { RedisSentinels } from '../support/redis-sentinels';
import { BATCHED } from '../support/system';

const MESSAGES = process.env.STORM === 'long' ? 10_000 : 500;
const ROUNDS = process.env.STORM === 'long' ? 4 : 1;
const CUSTOMERS = 10;

describe('a master behind Sentinels', () => {
  it('is replaced under load, and nothing that was acknowledged is lost, with REDIS_MIN_REPLICAS=1', async () => {
    const sentinels = await RedisSentinels.start();
    const env = {
      REDIS_SENTINELS: sentinels.nodes,
      REDIS_SENTINEL_NAME: sentinels.name,
      REDIS_MIN_REPLICAS: '1',
      BATCH_TIMEOUT: '300',
      BATCH_MAX_WAIT: '1500',
      MAX_BATCH_SIZE: '5',
      CLAIM_LEASE: '3',
      LOG_FORMAT: 'json',
    };
    const [webhook, batcher] = await Promise.all([
      AppProcess.start('webhook', env),
      AppProcess.start('batcher', env),
    ]);
    const customers = new Customers([webhook.url], new Random(1));
    let isStriking = true;
    const strike = async (): Promise<void> => {
      for (let i = 0; i < ROUNDS; i += 1) {
        await pause(1_500);
        await sentinels.killMaster();
        await sentinels.revive();
      }
    };
    const isOver = (): boolean => !isStriking && customers.totalAccepted >= MESSAGES;
    const striking = strike().finally(() => (isStriking = false));
    await Promise.all([customers.write(CUSTOMERS, isOver), striking]);
    await eventually(
      'nothing pending',
      async () => (await send(`${webhook.url}${BATCHED}/stats`)).body,
      ({ pending, claimed }) => pending === 0 && claimed === 0,
      60_000,
    );

    const redis = new Redis({ name: sentinels.name, sentinels: sentinels.addresses });
    const scene = { redis, prefix: 'bull', counters: ['rapid-fire-counters'] };
    const findings = await lookForDamage(scene, customers.sent.accepted, await batchesWaiting(scene));
    redis.disconnect();
    process.stdout.write(`sentinel: ${JSON.stringify({ ...findings, retries: customers.sent.retries })}\n`);
    expect(findings).toMatchObject({ lost: 0, doubled: 0, disordered: 0, pending: 0, balance: 0 });
    expect(customers.sent.retries).toBeGreaterThan(0);
    expect(await send(`${webhook.url}${BATCHED}/stats`)).toMatchObject({
      body: { redis: { address: expect.stringContaining('mymaster, of the Sentinels') as string } },
    });
    await Promise.all([webhook.terminate(), batcher.terminate()]);
    await sentinels.stop();
  }, 900_000);
});
