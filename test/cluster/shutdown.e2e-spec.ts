import { AppProcess } from '../support/app-process';
import { RedisCluster } from '../support/redis-cluster';

describe('a shutdown', () => {
  it('ends a webhook and a batcher with code 0 while their cluster is away', async () => {
    const cluster = await RedisCluster.start(3, 0);
    const env = { REDIS_CLUSTER_NODES: cluster.nodes };
    const roles = ['webhook', 'batcher'] as const;
    const apps = await Promise.all(roles.map((role) => AppProcess.start(role, env)));
    await cluster.stop();
    await Promise.all(apps.map((app) => app.waitForLine(/Connection to Redis at .* lost/)));
    expect(await Promise.all(apps.map((app) => app.terminate()))).toEqual([0, 0]);
  });
});
