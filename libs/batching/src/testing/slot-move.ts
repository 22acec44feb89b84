import { Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import type { RedisCluster } from '../../../../test/support/redis-cluster';
import { BatchStore } from '../store/batch-store';
import type { Clock } from '../store/script-runner';
import { testSettings } from './settings';

/** One of the two masters. */
interface Side {
  admin: Redis;
  store: BatchStore;
  client: Redis;
}

/**
 * One partition, in a slot that moves from one master of a real cluster to the other and stops on the way.
 *
 * Its stores talk to one server each: no redirection is followed, so that a failure on the way shows, and no
 * record of the slot's owner can be out of date.
 */
export class SlotMove {
  private constructor(
    private readonly cluster: RedisCluster,
    private readonly slot: number,
    private from: Side,
    private to: Side,
  ) {}

  static async of(cluster: RedisCluster, now: Clock): Promise<SlotMove> {
    const settings = testSettings({
      REDIS_URL: '',
      REDIS_CLUSTER_NODES: cluster.nodes,
      PARTITIONS: '1',
      BATCH_TIMEOUT: '1000',
    });
    const [one, other] = (await cluster.masters()).map((admin): Side => {
      const client = withoutQueue(new Redis(admin.options.port as number, '127.0.0.1'));
      return { admin, client, store: new BatchStore(client, settings, { clock: now }) };
    }) as [Side, Side];
    const { due } = one.store.partitions.home;
    const slot = await cluster.slotOf(due);
    const [from, to] = (await cluster.masterOf(due)) === one.admin ? [one, other] : [other, one];
    return new SlotMove(cluster, slot, from, to);
  }

  /** On the master that the slot is in, and leaves. */
  get store(): BatchStore {
    return this.from.store;
  }

  /** Everything in the slot, wherever it is now, key by key. */
  async contents(): Promise<Record<string, string>> {
    const all: Record<string, string> = {};
    for (const { admin } of [this.from, this.to]) {
      for (const key of await admin.keys('*')) {
        // A key on its way is where it is, and its server says so only to a client that asks with ASKING.
        const asking = admin === this.to.admin ? admin.pipeline().asking() : admin.pipeline();
        const replies = await asking.dumpBuffer(key).exec();
        all[key] = (replies?.at(-1)?.[1] as Buffer).toString('base64');
      }
    }
    return all;
  }

  async empty(): Promise<void> {
    await Promise.all([this.from.admin.flushall(), this.to.admin.flushall()]);
  }

  /** Opens the slot and moves a part of its keys, from 0 to 1. */
  async begin(part: number): Promise<void> {
    const keys = (await this.from.admin.keys('*')).sort();
    await this.cluster.openSlot(this.slot, this.from.admin, this.to.admin);
    await this.move(keys.slice(0, Math.round(part * keys.length)));
  }

  /** Moves the rest; from then on `store` is on the slot's new master. */
  async end(): Promise<void> {
    await this.move(await this.from.admin.keys('*'));
    await this.cluster.closeSlot(this.slot, this.from.admin, this.to.admin);
    [this.from, this.to] = [this.to, this.from];
    // A master that takes a slot with an older epoch than another's soon loses it again.
    const views = (): Promise<string[]> =>
      Promise.all([this.from, this.to].map(async ({ admin }) => view(await admin.cluster('NODES'))));
    await eventually('both agree on who has what', views, ([one, other]) => one === other);
  }

  stop(): void {
    for (const { client } of [this.from, this.to]) client.disconnect();
  }

  private move(keys: readonly string[]): Promise<void> {
    return this.cluster.moveKeys(keys, this.from.admin, this.to.admin);
  }
}

/** The queue has its own slot, which a client of one server may not be able to read: nothing of it has failed. */
function withoutQueue(client: Redis): Redis {
  const zcard = client.zcard.bind(client);
  client.zcard = (key: string) => (key.includes('{bull}') ? Promise.resolve(0) : zcard(key));
  return client;
}

/** One server's view of all: their ids, epochs and slots. */
function view(nodes: unknown): string {
  const lines = String(nodes).trim().split('\n');
  return lines
    .map((line) => line.split(' '))
    .map(([id, , , , , , epoch, , ...slots]) => [id, epoch, ...slots].join(' '))
    .sort()
    .join('\n');
}
