import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Child } from './child';
import { eventually, STUCK_MS } from './eventually';
import { freePort } from './free-port';
import { redisBinary } from './redis-binary';
import { RedisServer } from './redis-server';

const NAME = 'mymaster';
const SENTINELS = 3;
const DOWN_AFTER_MS = 1_000;

/** The passwords of the servers, and of the Sentinels themselves. */
export interface SentinelPasswords {
  servers: string;
  sentinels: string;
}

interface Sentinel {
  child: Child;
  admin: Redis;
  port: number;
  directory: string;
}

/** A master and a replica, watched by three Sentinels of which two must agree; all real, on loopback. */
export class RedisSentinels {
  readonly name = NAME;

  private constructor(
    private readonly servers: readonly RedisServer[],
    private readonly sentinels: readonly Sentinel[],
  ) {}

  /**
   * Resolves once every Sentinel knows the others and the replica.
   *
   * @param passwords the passwords that they require; left out, none is required.
   */
  static async start(passwords?: SentinelPasswords, downAfterMs = DOWN_AFTER_MS): Promise<RedisSentinels> {
    const asked = passwords ? ['--requirepass', passwords.servers, '--masterauth', passwords.servers] : [];
    const master = await RedisServer.start({ args: asked });
    const replica = await RedisServer.start({ args: ['--replicaof', `127.0.0.1 ${master.port}`, ...asked] });
    const sentinels = await Promise.all(
      Array.from({ length: SENTINELS }, () => startSentinel(master.port, downAfterMs, passwords)),
    );
    const all = new RedisSentinels([master, replica], sentinels);
    const known = (): Promise<string[][]> =>
      Promise.all(sentinels.map(({ admin }) => admin.call('SENTINEL', 'MASTER', NAME) as Promise<string[]>));
    const field = (reply: string[], name: string): string => reply[reply.indexOf(name) + 1] ?? '';
    await eventually('the Sentinels know each other', known, (replies) =>
      replies.every(
        (reply) =>
          field(reply, 'num-other-sentinels') === String(SENTINELS - 1) && field(reply, 'num-slaves') === '1',
      ),
    );
    return all;
  }

  /** In the form of `REDIS_SENTINELS`. */
  get nodes(): string {
    return this.sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  }

  get addresses(): { host: string; port: number }[] {
    return this.sentinels.map(({ port }) => ({ host: '127.0.0.1', port }));
  }

  /** Kills the master, and resolves once the Sentinels name another. */
  async killMaster(): Promise<void> {
    const port = await this.masterPort();
    await this.servers.find((server) => server.port === port)?.kill();
    await eventually(
      'another master',
      () => this.masterPort(),
      (now) => now !== port,
      150_000,
    );
  }

  /** Starts the killed server as the new master's replica, which the Sentinels would do some seconds later. */
  async revive(): Promise<void> {
    const port = await this.masterPort();
    for (const server of this.servers.filter(({ isRunning }) => !isRunning)) {
      await server.restart();
      const admin = new Redis(server.url);
      await admin.replicaof('127.0.0.1', port);
      admin.disconnect();
    }
  }

  async stop(): Promise<void> {
    for (const { admin } of this.sentinels) admin.disconnect();
    await Promise.all(this.sentinels.map(({ child }) => child.kill()));
    await Promise.all(this.servers.map((server) => server.stop()));
    await Promise.all(this.sentinels.map(({ directory }) => rm(directory, { recursive: true, force: true })));
  }

  private async masterPort(): Promise<number> {
    const [sentinel] = this.sentinels as [Sentinel];
    const [, port] = (await sentinel.admin.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as [
      string,
      string,
    ];
    return Number(port);
  }
}

async function startSentinel(
  masterPort: number,
  downAfterMs: number,
  passwords?: SentinelPasswords,
): Promise<Sentinel> {
  const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-sentinel-'));
  const port = await freePort();
  const file = join(directory, 'sentinel.conf');
  // A Sentinel writes its state into its configuration file, so it must have one.
  await writeFile(
    file,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${directory}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2`,
      `sentinel down-after-milliseconds ${NAME} ${downAfterMs}`,
      `sentinel failover-timeout ${NAME} 5000`,
      ...(passwords
        ? [
            `sentinel auth-pass ${NAME} ${passwords.servers}`,
            `requirepass ${passwords.sentinels}`,
            `sentinel sentinel-pass ${passwords.sentinels}`,
          ]
        : []),
      '',
    ].join('\n'),
  );
  const child = new Child(`sentinel on ${port}`, redisBinary(), [
    file,
    '--sentinel',
    '--set-proc-title',
    'no',
  ]);
  await child.waitForLine(/Sentinel ID is/, STUCK_MS);
  const admin = new Redis(port, '127.0.0.1', passwords ? { password: passwords.sentinels } : {});
  return { child, admin, port, directory };
}
