import { Cluster } from 'ioredis';
import { Customers, type Sent } from '../chaos/customers';
import { batchesWaiting, type Findings, lookForDamage } from '../chaos/findings';
import { Random } from '../chaos/random';
import { AppProcess } from '../support/app-process';
import { eventually } from '../support/eventually';
import { send } from '../support/http';
import { RedisCluster } from '../support/redis-cluster';
import { BATCHED } from '../support/system';

const PARTITIONS = 64;
const PREFIX = '{bull}';
const DRAIN_MS = 60_000;

export interface ClusterStormPlan {
  customers: number;
  /** At least so many messages, and for as long as the blows last. */
  messages: number;
  env?: Record<string, string>;
  /** What is done to the cluster meanwhile. */
  strike: (cluster: RedisCluster, sent: Sent) => Promise<void>;
  /** How long a server is silent before the others think it dead, ms; default short. */
  nodeTimeoutMs?: number;
}

export interface ClusterStormReport {
  sent: Sent;
  findings: Findings;
  seconds: number;
  log: string;
}

/** The key of a partition's accounts. */
export function countersOf(partition: number): string {
  return `rapid-fire-counters:{p${String(partition).padStart(2, '0')}}`;
}

/** Any key of the queue: all of them are in one slot. */
export const QUEUE_KEY = `${PREFIX}:messages:wait`;

/** Two webhooks and two batchers on a real cluster, under load, while something is done to the cluster. */
export async function clusterStorm(plan: ClusterStormPlan): Promise<ClusterStormReport> {
  const began = performance.now();
  const cluster = await RedisCluster.start(3, 1, plan.nodeTimeoutMs);
  const env = {
    REDIS_CLUSTER_NODES: cluster.nodes,
    BATCH_TIMEOUT: '300',
    BATCH_MAX_WAIT: '1500',
    MAX_BATCH_SIZE: '5',
    CLAIM_LEASE: '3',
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'warn',
    ...plan.env,
  };
  const roles = ['webhook', 'webhook', 'batcher', 'batcher'] as const;
  const processes = await Promise.all(roles.map((role) => AppProcess.start(role, env)));
  const webhooks = processes.slice(0, 2).map(({ url }) => url);
  const customers = new Customers(webhooks, new Random(1));

  let isStriking = true;
  const striking = plan.strike(cluster, customers.sent).finally(() => (isStriking = false));
  const isOver = (): boolean => !isStriking && customers.totalAccepted >= plan.messages;
  await Promise.all([customers.write(plan.customers, isOver), striking]);
  await eventually(
    'nothing pending',
    async () => (await send(`${String(webhooks[0])}${BATCHED}/stats`)).body,
    ({ pending, claimed }) => pending === 0 && claimed === 0,
    DRAIN_MS,
  );

  const client = new Cluster(cluster.addresses);
  const counters = Array.from({ length: PARTITIONS }, (_, i) => countersOf(i));
  const scene = { redis: client, prefix: PREFIX, counters };
  const findings = await lookForDamage(scene, customers.sent.accepted, await batchesWaiting(scene));
  client.disconnect();
  await Promise.all(processes.map((app) => app.terminate()));
  await cluster.stop();
  const log = processes.flatMap(({ lines }) => lines).join('\n');
  return { sent: customers.sent, findings, seconds: Math.round((performance.now() - began) / 1000), log };
}
