import { DEFAULTS, type Environment } from './environment';
import { shownValue } from './shown-value';

describe('a variable as it is shown', () => {
  it.each<[keyof Environment, Environment[keyof Environment], string]>([
    ['PORT', 3000, '3000'],
    ['SHUTDOWN_FLUSH', false, 'false'],
    ['NODE_ENV', 'production', 'production'],
    ['REDIS_URL', 'rediss://app:hunter2@cache.example:6379/2', 'cache.example:6379, database 2'],
    ['REDIS_URL', 'redis://app:12345/hunter2@cache.example', 'a URL that cannot be read'],
    ['REDIS_URL', undefined, 'not set'],
    ['REDIS_CLUSTER_NODES', ['redis://:hunter2@a:7000', 'b:7001'], 'a:7000, b:7001'],
    ['REDIS_SENTINELS', ['redis://:12345/hunter2@a'], 'a URL that cannot be read'],
    ['REDIS_SENTINEL_NAME', 'mymaster', 'mymaster'],
    ['REDIS_PASSWORD', 'hunter2', 'set'],
    ['WEBHOOK_SECRET', ['one-secret', 'two-secret'], 'set'],
    ['ADMIN_API_KEY', [], 'not set'],
  ])('%s: %j → %s', (name, value, expected) => {
    expect(shownValue(name, value)).toBe(expected);
  });

  it('masks whatever text nobody has declared harmless', () => {
    const invented = 'NEW_PASSWORD' as keyof Environment;

    expect(DEFAULTS).not.toHaveProperty(invented);
    expect(shownValue(invented, 'hunter2')).toBe('set');
  });
});
