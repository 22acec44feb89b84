import { Cluster, type Redis } from 'ioredis';
import { eventually } from '../../../../test/support/eventually';
import type { RedisCluster } from '../../../../test/support/redis-cluster';
import { BatchStore } from '../batch-store';
import { commandClient } from '../redis/connection';
import { connect } from '../redis/ready';
import { testSettings } from './settings';

/** One partition, in a slot that moves from one master of a real cluster to the other and stops on the way. */
export class SlotMove {
  private constructor(
    private readonly cluster: RedisCluster,
    private readonly client: Cluster,
    private readonly slot: number,
    private from: Redis,
    private to: Redis,
    /** Follows no redirection: what fails on the way shows. */
    readonly store: BatchStore,
  ) {}

  static async of(cluster: RedisCluster, now: () => number): Promise<SlotMove> {
    const settings = testSettings({
      REDIS_URL: '',
      REDIS_CLUSTER_NODES: cluster.nodes,
      PARTITIONS: '1',
      BATCH_TIMEOUT: '1000',
    });
    const { redis } = settings;
    const client = await connect(commandClient({ ...redis, minReplicas: 1 }, 'test'), redis);
    const store = new BatchStore(client, settings, now);
    const { due } = store.partitions.home;
    const from = await cluster.masterOf(due);
    const to = (await cluster.masters()).find((master) => master !== from) as Redis;
    return new SlotMove(cluster, client as Cluster, await from.cluster('KEYSLOT', due), from, to, store);
  }

  /** Everything in the slot, wherever it is now, key by key. */
  async contents(): Promise<Record<string, string>> {
    const all: Record<string, string> = {};
    for (const server of [this.from, this.to]) {
      for (const key of await server.keys('*')) {
        // The place of a key that is on its way is where it is, which only whoever asks for it by that name is told.
        const asking = server === this.to ? server.pipeline().asking() : server.pipeline();
        const replies = await asking.dumpBuffer(key).exec();
        all[key] = (replies?.at(-1)?.[1] as Buffer).toString('base64');
      }
    }
    return all;
  }

  async empty(): Promise<void> {
    await Promise.all([this.from.flushall(), this.to.flushall()]);
  }

  /** Opens the slot and moves a part of its keys, from 0 to 1. */
  async begin(part: number): Promise<void> {
    const keys = (await this.from.keys('*')).sort();
    await this.cluster.openSlot(this.slot, this.from, this.to);
    await this.cluster.moveKeys(keys.slice(0, Math.round(part * keys.length)), this.from, this.to);
  }

  /** Moves the rest; from then on the client knows who has the slot. */
  async end(): Promise<void> {
    await this.cluster.moveKeys(await this.from.keys('*'), this.from, this.to);
    await this.cluster.closeSlot(this.slot, this.from, this.to);
    [this.from, this.to] = [this.to, this.from];
    const owner = this.from.options.port as number;
    for (const server of [this.from, this.to]) {
      const ranges = (): Promise<SlotRanges> => server.cluster('SLOTS');
      await eventually('both know the owner', ranges, (all) => ownerOf(all, this.slot) === owner);
    }
    // A refresh under way may have asked before.
    await eventually(
      'the client knows the owner',
      () => this.refresh(),
      () => this.client.slots[this.slot]?.[0] === `127.0.0.1:${owner}`,
    );
  }

  private refresh(): Promise<void> {
    return new Promise((resolve) => this.client.refreshSlotsCache(() => resolve()));
  }

  stop(): void {
    this.client.disconnect();
  }
}

type SlotRanges = [number, number, ...[string, number, ...unknown[]][]][];

function ownerOf(ranges: SlotRanges, slot: number): number | undefined {
  const range = ranges.find(([from, to]) => slot >= from && slot <= to);
  return range?.[2]?.[1];
}
