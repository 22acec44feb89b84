import { Redis } from 'ioredis';
import { eventually } from './eventually';
import { RedisServer } from './redis-server';

const SLOTS = 16_384;
/** How long a master is silent before the others consider it dead: short, so that a test need not wait. */
const NODE_TIMEOUT_MS = 2_000;

const GREETING_MS = 10_000;

interface Member {
  server: RedisServer;
  admin: Redis;
  id: string;
}

/** The slots of one master. */
interface Range {
  from: number;
  to: number;
  /** Its master's. */
  id: string;
}

/** A real Redis Cluster on loopback, set up by commands: masters with an even share of the slots, replicas. */
export class RedisCluster {
  private constructor(private readonly members: readonly Member[]) {}

  /** Resolves once every server sees all slots served and every replica follows its master. */
  static async start(
    masters = 3,
    replicasOfEach = 1,
    nodeTimeoutMs = NODE_TIMEOUT_MS,
  ): Promise<RedisCluster> {
    const count = masters * (1 + replicasOfEach);
    const members = await Promise.all(Array.from({ length: count }, () => startMember(nodeTimeoutMs)));
    // Two masters with the same epoch could both claim a moved slot.
    await Promise.all(members.map(({ admin }, i) => admin.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1)));
    await Promise.all(
      members.slice(0, masters).map(({ admin }, i) => {
        const from = Math.floor((i * SLOTS) / masters);
        const to = Math.floor(((i + 1) * SLOTS) / masters) - 1;
        return admin.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
      }),
    );
    const cluster = new RedisCluster(members);
    await eventually(
      'everybody knows everybody',
      () => cluster.introduce(),
      (isDone) => isDone,
    );
    await Promise.all(
      members.slice(masters).map(({ admin }, i) => {
        const master = members[i % masters] as Member;
        return admin.call('CLUSTER', 'REPLICATE', master.id);
      }),
    );
    await cluster.healthy();
    await cluster.replicated(masters * replicasOfEach);
    return cluster;
  }

  /** In the form of `REDIS_CLUSTER_NODES`. */
  get nodes(): string {
    return this.members.map(({ server }) => `127.0.0.1:${server.port}`).join(',');
  }

  get addresses(): { host: string; port: number }[] {
    return this.members.map(({ server }) => ({ host: '127.0.0.1', port: server.port }));
  }

  /** From now on every server requires a password; replicas have it too. */
  async protect(password: string): Promise<void> {
    for (const { admin } of this.members) {
      await admin.config('SET', 'masterauth', password);
      await admin.config('SET', 'requirepass', password);
    }
  }

  /** Resolves once every running server sees all slots served. */
  healthy(): Promise<void> {
    return this.until('the cluster is whole', (info) => info.cluster_state === 'ok');
  }

  /** The slot of a key. */
  slotOf(key: string): Promise<number> {
    return (this.running[0] as Member).admin.cluster('KEYSLOT', key);
  }

  /** The running masters, as clients of these single servers. */
  async masters(): Promise<Redis[]> {
    const roles = await Promise.all(this.running.map(async ({ admin }) => (await admin.role())[0] as string));
    return this.running.filter((_, i) => roles[i] === 'master').map(({ admin }) => admin);
  }

  /** The master that has a key's slot. */
  async masterOf(key: string): Promise<Redis> {
    const slot = await this.slotOf(key);
    const ranges = await (this.running[0] as Member).admin.cluster('SLOTS');
    const [, , [, , id]] = ranges.find(([from, to]) => slot >= from && slot <= to) ?? [0, 0, ['', 0, '']];
    return this.member(id).admin;
  }

  /** Ends a master's replication: from now on its writes exist only there, and die with it. */
  async cutOff(master: Redis): Promise<void> {
    // Its replicas do not know the password; open connections are not asked for it.
    await master.config('SET', 'requirepass', 'nobody knows');
    await master.call('CLIENT', 'KILL', 'TYPE', 'replica');
  }

  /** Kills a master, and resolves once another serves its slots. */
  async killMaster(master: Redis): Promise<void> {
    const member = this.members.find(({ admin }) => admin === master);
    if (!member) throw new Error('not a server of this cluster');
    await member.server.kill();
    // Not that its slots are unserved for a moment: the test itself could stand still for that moment.
    await this.untilSlots('another in its place', (ranges) => ranges.every(({ id }) => id !== member.id));
    await this.healthy();
  }

  /** Starts every killed server; it comes back as a replica of its successor. */
  async reviveAll(): Promise<void> {
    const gone = this.members.filter(({ server }) => !server.isRunning);
    await Promise.all(gone.map(({ server }) => server.restart()));
    await this.healthy();
    await this.replicated(this.members.length / 2);
  }

  /** Opens a slot for its move: the other master is now asked for keys that this one does not have. */
  async openSlot(slot: number, from: Redis, to: Redis): Promise<void> {
    await to.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', this.idOf(from));
    await from.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', this.idOf(to));
  }

  /** Moves keys of an open slot. */
  async moveKeys(keys: readonly string[], from: Redis, to: Redis): Promise<void> {
    if (keys.length === 0) return;
    await from.call('MIGRATE', '127.0.0.1', to.options.port as number, '', 0, 5_000, 'KEYS', ...keys);
  }

  /** Ends a slot's move. */
  async closeSlot(slot: number, from: Redis, to: Redis): Promise<void> {
    await to.call('CLUSTER', 'SETSLOT', slot, 'NODE', this.idOf(to));
    await from.call('CLUSTER', 'SETSLOT', slot, 'NODE', this.idOf(to));
  }

  /** Moves a slot with all its keys, a few at a time, as `redis-cli --cluster reshard` does. */
  async moveSlot(slot: number, from: Redis, to: Redis, atOnce = 10): Promise<void> {
    await this.openSlot(slot, from, to);
    for (;;) {
      const keys = (await from.call('CLUSTER', 'GETKEYSINSLOT', slot, atOnce)) as string[];
      if (keys.length === 0) break;
      await this.moveKeys(keys, from, to);
    }
    await this.closeSlot(slot, from, to);
    const id = this.idOf(to);
    await this.untilSlots('all know who has it', (ranges) =>
      ranges.some((range) => range.id === id && slot >= range.from && slot <= range.to),
    );
  }

  async stop(): Promise<void> {
    for (const { admin } of this.members) admin.disconnect();
    await Promise.all(this.members.map(({ server }) => server.stop()));
  }

  private get running(): readonly Member[] {
    return this.members.filter(({ server }) => server.isRunning);
  }

  private member(id: string): Member {
    const member = this.members.find((one) => one.id === id);
    if (!member) throw new Error(`no server ${id}`);
    return member;
  }

  private idOf(server: Redis): string {
    return this.members.find(({ admin }) => admin === server)?.id ?? '';
  }

  /** Introduces the first server to the others; a server that slept through the introduction needs another. */
  private async introduce(): Promise<boolean> {
    const [first, ...others] = this.members as [Member, ...Member[]];
    // An explicit bus port, because the usual one may be taken, or beyond the last port there is.
    for (const { server } of others) {
      await first.admin.call('CLUSTER', 'MEET', '127.0.0.1', server.port, server.busPort);
    }
    const all = String(this.members.length);
    return this.until('all known', (info) => info.cluster_known_nodes === all, GREETING_MS).then(
      () => true,
      () => false,
    );
  }

  private async replicated(links: number): Promise<void> {
    const info = async (): Promise<number> => {
      const replies = await Promise.all(this.running.map(({ admin }) => admin.info('replication')));
      return replies.filter((reply) => reply.includes('master_link_status:up')).length;
    };
    await eventually('replicas follow', info, (up) => up >= links);
  }

  /** Resolves once every running server sees a matching assignment of slots. */
  private async untilSlots(what: string, isSo: (ranges: readonly Range[]) => boolean): Promise<void> {
    const pictures = (): Promise<Range[][]> =>
      Promise.all(
        this.running.map(async ({ admin }) =>
          (await admin.cluster('SLOTS')).map(([from, to, master]) => ({ from, to, id: master?.[2] ?? '' })),
        ),
      );
    await eventually(what, pictures, (all) => all.every(isSo));
  }

  private async until(
    what: string,
    isSo: (info: Record<string, string>) => boolean,
    timeoutMs?: number,
  ): Promise<void> {
    const infos = (): Promise<Record<string, string>[]> =>
      Promise.all(this.running.map(async ({ admin }) => fields(await admin.cluster('INFO'))));
    await eventually(what, infos, (all) => all.every(isSo), timeoutMs);
  }
}

async function startMember(nodeTimeoutMs: number): Promise<Member> {
  const server = await RedisServer.start({ cluster: { nodeTimeoutMs } });
  const admin = new Redis(server.url, { maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
  return { server, admin, id: await admin.cluster('MYID') };
}

function fields(info: unknown): Record<string, string> {
  return Object.fromEntries(
    String(info)
      .split('\r\n')
      .map((line) => line.split(':') as [string, string]),
  );
}
