import type { AppName } from '../support/app-process';
import { BootStage, PASSWORDS } from '../support/boot-stage';
import { UNHURRIED } from '../support/patience';
import { RedisCluster } from '../support/redis-cluster';
import { RedisSentinels } from '../support/redis-sentinels';
import { BATCHED } from '../support/system';

/** No test kills a server here, so a server that stands still is waited for. */
const PATIENT_MS = 60_000;
const ROLES: AppName[] = ['webhook', 'batcher'];
const MESSAGE = { phone: '79001234567', message: 'Запишите' };

describe('servers that ask for passwords', () => {
  const stage = new BootStage();
  let servers: RedisCluster | RedisSentinels;

  afterEach(async () => {
    await stage.clear();
    await servers.stop();
  });
  afterAll(() => {
    for (const password of Object.values(PASSWORDS)) expect(stage.output).not.toContain(password);
  });

  /** One message, from the post to the queue. */
  async function expectHandOff(env: Record<string, string>): Promise<void> {
    const all = { ...env, ...UNHURRIED, BATCH_TIMEOUT: '300' };
    const [webhook] = await Promise.all(ROLES.map((role) => stage.start(role, all)));
    if (!webhook) throw new Error('no webhook');
    expect(await stage.ask(webhook, BATCHED, MESSAGE)).toMatchObject({ status: 200 });
    await stage.askUntil(webhook, `${BATCHED}/stats`, /"delivered":1/);
  }

  it('are those of a cluster, and are given them; a wrong one is a wrong configuration', async () => {
    const cluster = await RedisCluster.start(3, 1, PATIENT_MS);
    servers = cluster;
    await cluster.protect(PASSWORDS.redis);
    const env = { REDIS_CLUSTER_NODES: cluster.nodes };
    await expectHandOff({ ...env, REDIS_PASSWORD: PASSWORDS.redis });
    const { code, text } = await stage.refused('webhook', { ...env, REDIS_PASSWORD: PASSWORDS.otherRedis });
    expect(code).toBe(78);
    expect(text).toMatch(/refuses what REDIS_CLUSTER_NODES asks for: user or password/);
  });

  it('are Sentinels and those behind them, each with one of their own', async () => {
    const passwords = { servers: PASSWORDS.redis, sentinels: PASSWORDS.otherRedis };
    const sentinels = await RedisSentinels.start(passwords, PATIENT_MS);
    servers = sentinels;
    await expectHandOff({
      REDIS_SENTINELS: sentinels.nodes
        .split(',')
        .map((node) => `redis://:${passwords.sentinels}@${node}`)
        .join(','),
      REDIS_SENTINEL_NAME: sentinels.name,
      REDIS_PASSWORD: passwords.servers,
    });
  });
});
