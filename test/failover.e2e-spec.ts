import { Redis } from 'ioredis';
import { AppProcess, driveAsShipped } from './support/app-process';
import { eventually } from './support/eventually';
import { postJson, send } from './support/http';
import { UNHURRIED } from './support/patience';
import { RedisServer } from './support/redis-server';
import { StandIn } from './support/stand-in';
import { SwitchedAddress } from './support/switched-address';
import { BATCHED } from './support/system';

driveAsShipped();

describe('a planned failover behind one address, the old master stays up as a replica', () => {
  let servers: [RedisServer, RedisServer];
  let clients: [Redis, Redis];
  let address: SwitchedAddress;
  let bot: StandIn;
  let apps: AppProcess[];

  beforeEach(async () => {
    servers = await Promise.all([RedisServer.start(), RedisServer.start()]);
    clients = [new Redis(servers[0].url), new Redis(servers[1].url)];
    await clients[1].replicaof('127.0.0.1', String(servers[0].port));
    [address, bot] = await Promise.all([SwitchedAddress.start(servers[0].port), StandIn.start()]);
    const env = {
      REDIS_URL: address.url,
      BATCH_TIMEOUT: '300',
      LOG_FORMAT: 'json',
      BOT_URL: bot.url,
      ...UNHURRIED,
    };
    apps = await Promise.all([
      AppProcess.start('webhook', env),
      AppProcess.start('batcher', env),
      AppProcess.start('worker', env),
    ]);
  });

  afterEach(async () => {
    await Promise.all(apps.map((app) => app.terminate()));
    for (const client of clients) client.disconnect();
    await Promise.all([address.stop(), bot.stop(), ...servers.map((server) => server.stop())]);
  });

  it('is followed by every connection of every process, and the next message reaches the bot', async () => {
    const [webhook] = apps as [AppProcess];
    const [old, next] = clients;
    await write(webhook, 'before');
    await bot.hears(1);
    await caughtUp(old);
    const before = await connectionsTo(old);

    address.leadTo(servers[1].port);
    await next.replicaof('NO', 'ONE');
    await old.replicaof('127.0.0.1', String(servers[1].port));

    await eventually(
      'no client on the old master',
      () => connectionsTo(old),
      (left) => left === 0,
    );
    await eventually(
      'everybody on the new one',
      () => connectionsTo(next),
      (now) => now === before,
    );
    await Promise.all(apps.map((app) => app.ready()));
    await write(webhook, 'after');
    const heard = await bot.hears(2);
    expect(heard.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual(['before', 'after']);
  });

  it('is no outage of the consumer alone: without a master no process is ready, and each says why', async () => {
    const [webhook] = apps as [AppProcess];
    const [old, next] = clients;
    address.leadTo(servers[1].port);
    await old.replicaof('127.0.0.1', String(servers[1].port));

    for (const app of apps) {
      await eventually(
        'not ready',
        () => send(`${app.url}/health/ready`),
        ({ status }) => status === 503,
      );
      await app.waitForLine(/is a replica now and takes no writes/);
    }

    await next.replicaof('NO', 'ONE');
    await Promise.all(apps.map((app) => app.ready()));
    await write(webhook, 'after');
    await bot.hears(1);
  });
});

async function write(webhook: AppProcess, message: string): Promise<void> {
  const body = { phone: '79001234567', message, messageId: message };
  await eventually(
    'the webhook to answer 200',
    () => postJson(webhook.url + BATCHED, body),
    ({ status }) => status === 200,
  );
}

/** Planned: nothing is under way, and the replica has everything. */
async function caughtUp(master: Redis): Promise<void> {
  await eventually(
    'the job to be completed',
    () => master.zcard('bull:messages:completed'),
    (completed) => completed === 1,
  );
  await master.set('onlooker', '1');
  expect(await master.wait(1, 30_000)).toBe(1);
}

/** How many connections of ours a server has; an onlooker's, and those between servers, carry no name. */
async function connectionsTo(redis: Redis): Promise<number> {
  const list = (await redis.client('LIST')) as string;
  return [...list.matchAll(/ name=\S+ /g)].length;
}
