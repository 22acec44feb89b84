import { ConfigurationError, type EnvironmentName, shapeGroup, validateEnvironment } from '@app/config';
import { type BatchingSettings, batchingSettings } from './batching.settings';

const PASSWORD = 'hunter2-of-the-cluster';
const SECRETS = { WEBHOOK_SECRET: 'webhook-secret', ADMIN_API_KEY: 'admin-key-1' };

type Row = [
  name: string,
  environment: EnvironmentName,
  variables: Record<string, string>,
  problem: RegExp | null,
];

const cluster = (REDIS_CLUSTER_NODES: string): Record<string, string> => ({ REDIS_CLUSTER_NODES });
const sentinels = (REDIS_SENTINELS: string): Record<string, string> => ({
  REDIS_SENTINELS,
  REDIS_SENTINEL_NAME: 'mymaster',
});

const ROWS: Row[] = [
  ['servers by host and port', 'test', cluster('a:7000, b:7001'), null],
  ['servers by URL', 'test', cluster(`redis://:${PASSWORD}@a:7000,redis://:${PASSWORD}@b:7000`), null],
  ['the ports of the environment', 'production', cluster('localhost:6379'), null],
  [
    'another port',
    'production',
    cluster('localhost:7000'),
    /REDIS_CLUSTER_NODES breaks the port rule.*REDIS_ALLOWED_PORTS=7000/,
  ],
  [
    'another port, allowed',
    'production',
    { ...cluster('localhost:7000'), REDIS_ALLOWED_PORTS: '7000' },
    null,
  ],
  [
    'another machine without TLS',
    'production',
    { ...cluster('a:6379'), REDIS_PASSWORD: PASSWORD },
    /TLS rule/,
  ],
  ['another machine without a password', 'production', cluster('rediss://a:6379'), /credentials rule/],
  ['a password of its own', 'production', { ...cluster('rediss://a:6379'), REDIS_PASSWORD: PASSWORD }, null],
  ['two logins', 'test', cluster(`redis://:${PASSWORD}@a:7000,redis://b:7000`), /login rule.*the same/],
  ['a database', 'test', cluster('redis://a:7000/2'), /database rule.*database 0/],
  ['a % in a password', 'test', cluster(`redis://:100%${PASSWORD}@a:7000`), /form rule.*% .*%25/],
  [
    'a % in a Sentinel’s password',
    'test',
    sentinels(`redis://:100%${PASSWORD}@a:26379`),
    /form rule.*% .*%25/,
  ],
  ['what is no server', 'test', cluster(`redis://:${PASSWORD}/x@a:7000`), /form rule/],

  ['Sentinels', 'production', { ...sentinels('localhost:26379'), REDIS_PASSWORD: PASSWORD }, null],
  ['Sentinels on the port of a server', 'production', sentinels('localhost:6379'), /port 26379, not 6379/],
  ['Sentinels without a name', 'test', { REDIS_SENTINELS: 'a:26379' }, /REDIS_SENTINEL_NAME is required/],
  [
    'a name without Sentinels',
    'test',
    { ...cluster('a:7000'), REDIS_SENTINEL_NAME: 'm' },
    /needs REDIS_SENTINELS/,
  ],

  [
    'two ways at once',
    'test',
    { ...cluster('a:7000'), REDIS_URL: 'redis://b:6379' },
    /stands beside REDIS_URL/,
  ],
  [
    'a password beside a URL',
    'test',
    { REDIS_URL: 'redis://b:6379', REDIS_PASSWORD: PASSWORD },
    /is not used with REDIS_URL/,
  ],
  ['no partition', 'test', { ...cluster('a:7000'), PARTITIONS: '0' }, /PARTITIONS must be a whole number/],
];

describe('a Redis of several servers', () => {
  it.each(ROWS)('%s (%s)', (_, environment, variables, problem) => {
    const message = refusal({ NODE_ENV: environment, ...SECRETS, ...variables });

    if (problem) expect(message).toMatch(problem);
    else expect(message).toBe('');
    expect(message).not.toContain(PASSWORD);
  });

  it('is divided into 64 partitions, where nobody says otherwise; a single one is not', () => {
    const { redis } = settingsOf({ NODE_ENV: 'test', ...cluster('a:7000,b:7001') });
    expect(redis).toMatchObject({
      partitions: 64,
      address: {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 7000 },
          { host: 'b', port: 7001 },
        ],
      },
    });
    const single = settingsOf({ NODE_ENV: 'test', REDIS_URL: 'redis://a:6379' });
    expect(single.redis.partitions).toBe(1);
  });

  it('has its login from the URLs, or from variables of its own', () => {
    const fromUrls = { NODE_ENV: 'test', ...cluster(`rediss://app:${PASSWORD}%2F@a:7000`) };
    expect(settingsOf(fromUrls).redis.address).toMatchObject({
      login: { username: 'app', password: `${PASSWORD}/`, isTls: true },
    });
    const own = {
      NODE_ENV: 'test',
      ...sentinels(`redis://:${PASSWORD}@a:26379`),
      REDIS_PASSWORD: 'of-the-master',
    };
    expect(settingsOf(own).redis.address).toMatchObject({
      name: 'mymaster',
      sentinelLogin: { password: PASSWORD },
      login: { password: 'of-the-master', isTls: false },
    });
  });
});

function settingsOf(variables: Record<string, string>): BatchingSettings {
  return shapeGroup(batchingSettings, validateEnvironment(batchingSettings, variables));
}

/** The message that an operator reads; empty where the environment is accepted. */
function refusal(variables: Record<string, string>): string {
  try {
    validateEnvironment(batchingSettings, variables);
    return '';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.message;
  }
}
