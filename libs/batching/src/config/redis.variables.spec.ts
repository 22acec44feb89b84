import { batchingSettings } from './batching.settings';

describe('the Redis as operators are shown it', () => {
  it.each([
    ['REDIS_URL', 'rediss://app:hunter2@cache.example:6379/2', 'cache.example:6379, database 2'],
    ['REDIS_URL', 'redis://app:12345/hunter2@cache.example', 'a URL that cannot be read'],
    ['REDIS_CLUSTER_NODES', 'redis://:hunter2@a:7000', 'a:7000'],
    ['REDIS_CLUSTER_NODES', 'b:7001', 'b:7001'],
    ['REDIS_SENTINELS', 'redis://:12345/hunter2@a', 'a URL that cannot be read'],
  ])('%s: %s → %s', (name, text, expected) => {
    const shown = batchingSettings.variables.find((variable) => variable.name === name)?.shown;
    expect(typeof shown === 'function' && shown(text)).toBe(expected);
  });
});
