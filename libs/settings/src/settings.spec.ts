import { ConfigurationError, EXIT, shapeGroup, validateEnvironment } from '@app/config';
import { allSettings } from './all-settings';

const MINIMUM = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379' };

function errorOf(variables: Record<string, string | undefined>): ConfigurationError | null {
  try {
    validateEnvironment(allSettings, { ...MINIMUM, ...variables });
    return null;
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

const variablesAtFault = (variables: Record<string, string | undefined>): string[] =>
  errorOf(variables)?.problems.map(({ variable }) => variable) ?? [];

describe('the configuration', () => {
  it('has the contract’s defaults', () => {
    expect(validateEnvironment(allSettings, MINIMUM)).toMatchObject({
      BATCH_TIMEOUT: 9_000,
      BATCH_MAX_WAIT: 60_000,
      MAX_BATCH_SIZE: 10,
      MAX_BATCH_BYTES: 262_144,
      MAX_PENDING_PER_CONVERSATION: 1_000,
      BATCH_TTL: 600,
      CHECK_INTERVAL: 1_000,
      DEDUP_TTL: 86_400,
      HISTORY_MAX: 10_000,
      HISTORY_TTL: 86_400,
      HISTORY_BYTES: 64 * 1024 ** 2,
      BATCH_SEPARATOR: ' ',
      CLAIM_LEASE: 30,
      CLAIM_BATCHES: 200,
      HANDOFF_MAX_ATTEMPTS: 10,
      SHUTDOWN_FLUSH: false,
      BODY_LIMIT: 4 * 1024 ** 2,
      LOG_LEVEL: 'info',
      PORT: 3000,
      BATCHER_PORT: 3001,
      QUEUE_NAME: 'messages',
    });
  });

  it('names every problem in one message', () => {
    const broken = {
      NODE_ENV: 'live',
      PORT: 'http',
      BODY_LIMIT: '4 megabytes',
      REDIS_URL: 'localhost',
      BATCH_TIMEOUT: '9s',
      MAX_BATCH_SIZE: '0',
      SHUTDOWN_FLUSH: 'yes',
      WEBHOOK_SECRET: 'short',
      BATCH_TIMEOUT_BY_TYPE: 'audio=15000',
      KEY_PREFIX: '{a}',
      CHECK_INTERVAL: '1500',
    };
    const error = errorOf(broken);
    expect(error?.problems.map(({ variable }) => variable).sort()).toEqual(Object.keys(broken).sort());
    for (const variable of Object.keys(broken)) expect(error?.message).toContain(`  ${variable} `);
    expect(error?.message).toMatch(/^11 problems/);
    expect(error?.exitCode).toBe(EXIT.config);
  });

  it('prints no value', () => {
    const canary = 'do not print me';
    const error = errorOf({
      REDIS_URL: `http://user:${canary}@host`,
      WEBHOOK_SECRET: canary,
      ADMIN_API_KEY: canary,
      BATCH_TIMEOUT: canary,
      BODY_LIMIT: canary,
      LOG_LEVEL: canary,
      SHUTDOWN_FLUSH: canary,
      KEY_PREFIX: canary,
    });
    expect(error?.problems).toHaveLength(8);
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain(canary);
  });

  it('refuses the predecessor’s trap: bookkeeping that is kept no longer than the silence', () => {
    expect(variablesAtFault({ BATCH_TIMEOUT: '10000', BATCH_TTL: '10' })).toEqual(['BATCH_TTL']);
    expect(variablesAtFault({ BATCH_TIMEOUT: '10000', BATCH_TTL: '29' })).toEqual(['BATCH_TTL']);
    expect(variablesAtFault({ BATCH_TIMEOUT: '10000', BATCH_TTL: '30' })).toEqual([]);
    expect(variablesAtFault({ BATCH_TIMEOUT_BY_TYPE: 'audio:15000', BATCH_TTL: '30' })).toEqual([
      'BATCH_TTL',
    ]);
  });

  it.each([
    ['BATCH_MAX_WAIT', { BATCH_TIMEOUT: '60001' }],
    ['BATCH_MAX_WAIT', { BATCH_TIMEOUT_BY_TYPE: 'audio:90000' }],
    ['MAX_PENDING_BYTES', { MAX_PENDING_BYTES: '1mb', MAX_BATCH_BYTES: '2mb' }],
    ['MAX_PENDING_PER_CONVERSATION', { MAX_PENDING_PER_CONVERSATION: '9' }],
    ['REDIS_URL', { REDIS_URL: undefined }],
    ['REDIS_URL', { REDIS_URL: '' }],
    ['BATCH_TIMEOUT', { BATCH_TIMEOUT: '' }],
    ['BATCH_TIMEOUT', { BATCH_TIMEOUT: '9000.5' }],
    ['BATCH_TIMEOUT', { BATCH_TIMEOUT: '-9000' }],
    ['BATCH_TIMEOUT', { BATCH_TIMEOUT: 'NaN' }],
    ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'long-enough-1,short' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'the proxy' }],
  ])('finds %s at fault in %j', (variable, variables) => {
    expect(variablesAtFault(variables)).toEqual([variable]);
  });

  it.each(['staging', 'production'])('asks for both secrets in %s', (NODE_ENV) => {
    expect(variablesAtFault({ NODE_ENV })).toEqual(
      expect.arrayContaining(['WEBHOOK_SECRET', 'ADMIN_API_KEY']),
    );
  });

  it('reads sizes, lists and flags as people write them', () => {
    const env = validateEnvironment(allSettings, {
      ...MINIMUM,
      HISTORY_BYTES: '64MB',
      MAX_BATCH_BYTES: '256 kb',
      WEBHOOK_SECRET: ' long-enough-1 , long-enough-2 ',
      SHUTDOWN_FLUSH: 'true',
      BATCH_SEPARATOR: '\n',
      SOMETHING_ELSE: 'ours it is not',
    });
    expect(env).toMatchObject({
      HISTORY_BYTES: 64 * 1024 ** 2,
      MAX_BATCH_BYTES: 256 * 1024,
      WEBHOOK_SECRET: ['long-enough-1', 'long-enough-2'],
      SHUTDOWN_FLUSH: true,
      BATCH_SEPARATOR: '\n',
    });
    expect(env).not.toHaveProperty('SOMETHING_ELSE');
  });

  it('masks phones in production unless told otherwise', () => {
    const masks = (variables: Record<string, string>): boolean =>
      shapeGroup(allSettings, Object.assign(validateEnvironment(allSettings, MINIMUM), variables)).log
        .maskPhones;
    expect(masks({ NODE_ENV: 'production' })).toBe(true);
    expect(masks({ NODE_ENV: 'development' })).toBe(false);
    expect(masks({ NODE_ENV: 'production', LOG_PHONES: 'full' })).toBe(false);
    expect(masks({ NODE_ENV: 'development', LOG_PHONES: 'masked' })).toBe(true);
  });
});
