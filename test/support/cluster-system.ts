import type { Queue } from 'bullmq';
import { Cluster } from 'ioredis';
import type { MergedMessage } from '@app/contracts';
import { AppProcess } from './app-process';
import { eventually } from './eventually';
import { type Answer, postJson, send } from './http';
import { UNHURRIED } from './patience';
import { RedisCluster } from './redis-cluster';
import { BATCHED } from './system';
import { watchedQueue } from './watched-queue';

/** No test kills a server here, so a server that stands still is waited for. */
const NODE_TIMEOUT_MS = 60_000;

/** Webhook, batcher and, if asked for, a worker as separate processes on a real Redis Cluster, driven from outside only. */
export class ClusterSystem {
  private constructor(
    readonly cluster: RedisCluster,
    readonly client: Cluster,
    readonly queue: Queue<MergedMessage>,
    readonly webhook: AppProcess,
    readonly batcher: AppProcess,
    private readonly worker: AppProcess | null,
  ) {}

  static async start(variables: Record<string, string> = {}, withWorker = false): Promise<ClusterSystem> {
    const cluster = await RedisCluster.start(3, 1, NODE_TIMEOUT_MS);
    const env = { REDIS_CLUSTER_NODES: cluster.nodes, LOG_FORMAT: 'json', ...UNHURRIED, ...variables };
    const [webhook, batcher, worker] = await Promise.all([
      AppProcess.start('webhook', env),
      AppProcess.start('batcher', env),
      withWorker ? AppProcess.start('worker', env) : null,
    ]);
    const client = new Cluster(cluster.addresses, { redisOptions: { maxRetriesPerRequest: null } });
    const queue = watchedQueue(client, '{bull}');
    return new ClusterSystem(cluster, client, queue, webhook, batcher, worker);
  }

  post(body: unknown, path = BATCHED): Promise<Answer> {
    return postJson(this.webhook.url + path, body);
  }

  async get(path: string): Promise<Record<string, unknown>> {
    return (await send(this.webhook.url + path)).body;
  }

  /** The jobs on the queue, oldest first. */
  async jobs(): Promise<MergedMessage[]> {
    return (await this.queue.getJobs(['wait'], 0, -1, true)).map(({ data }) => data);
  }

  /** The jobs of a conversation, once nothing is pending and no further one can come. */
  async jobsOf(conversationId: string): Promise<MergedMessage[]> {
    await this.nothingPending();
    return (await this.jobs()).filter((job) => job.conversationId === conversationId);
  }

  nothingPending(timeoutMs?: number): Promise<unknown> {
    return eventually(
      'nothing pending',
      () => this.get(`${BATCHED}/stats`),
      ({ pending, claimed }) => pending === 0 && claimed === 0,
      timeoutMs,
    );
  }

  /** The output of its processes. */
  get log(): string {
    return this.processes.flatMap(({ lines }) => lines).join('\n');
  }

  async stop(): Promise<void> {
    await this.queue.close();
    this.client.disconnect();
    await Promise.all(this.processes.map((app) => app.terminate()));
    await this.cluster.stop();
  }

  private get processes(): AppProcess[] {
    return [this.webhook, this.batcher, ...(this.worker ? [this.worker] : [])];
  }
}
