import { Queue } from 'bullmq';
import { Cluster } from 'ioredis';
import type { MergedMessage } from '@app/batching';
import { AppProcess } from '../support/app-process';
import { eventually, pause } from '../support/eventually';
import { type Answer, postJson, send } from '../support/http';
import { RedisCluster } from '../support/redis-cluster';
import { BATCHED } from '../support/system';

const SILENCE_MS = 1_500;

describe('a Redis Cluster', () => {
  let cluster: RedisCluster;
  let client: Cluster;
  let queue: Queue<MergedMessage>;
  let webhook: AppProcess;
  let batcher: AppProcess;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
    const env = {
      REDIS_CLUSTER_NODES: cluster.nodes,
      BATCH_TIMEOUT: String(SILENCE_MS),
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'debug',
    };
    [webhook, batcher] = await Promise.all([
      AppProcess.start('webhook', env),
      AppProcess.start('batcher', env),
    ]);
    client = new Cluster(cluster.nodes.split(',').map(nodeOf), {
      redisOptions: { maxRetriesPerRequest: null },
    });
    queue = new Queue<MergedMessage>('messages', { connection: client, prefix: '{bull}' });
  }, 90_000);

  afterAll(async () => {
    await queue.close();
    client.disconnect();
    await Promise.all([webhook.terminate(), batcher.terminate()]);
    await cluster.stop();
  });

  it('takes a first message', async () => {
    const answer = await store('79001234567', 'hello');
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'opened' } });
    await eventually(
      'a job',
      () => jobs(),
      (all) => all.length > 0,
    );
    await pause(1);
    process.stdout.write(JSON.stringify((await send(`${webhook.url}${BATCHED}/stats`)).body, null, 1));
    process.stdout.write(JSON.stringify((await send(`${webhook.url}/health/ready`)).body, null, 1));
    process.stdout.write([...webhook.lines, ...batcher.lines].join('\n'));
  });

  function store(phone: string, message: string): Promise<Answer> {
    return postJson(webhook.url + BATCHED, { phone, message, companyId: 7 });
  }

  async function jobs(): Promise<MergedMessage[]> {
    return (await queue.getJobs(['wait'], 0, -1, true)).map(({ data }) => data);
  }
});

function nodeOf(text: string): { host: string; port: number } {
  const [host = '', port] = text.split(':');
  return { host, port: Number(port) };
}
