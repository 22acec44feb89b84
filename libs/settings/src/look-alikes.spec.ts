import { ConfigurationError, type Problem, validateEnvironment } from '@app/config';
import { allSettings } from './all-settings';

describe('a variable that looks like one of ours', () => {
  it.each([
    ['BATCH_TIMOUT', 'BATCH_TIMEOUT'],
    ['BACTH_TIMEOUT', 'BATCH_TIMEOUT'],
    ['BATCH_TIME_OUT', 'BATCH_TIMEOUT'],
    ['BATCHTIMEOUT', 'BATCH_TIMEOUT'],
    ['BATCH_TIMEOUT_MS', 'BATCH_TIMEOUT'],
    ['batch_timeout', 'BATCH_TIMEOUT'],
    ['BATCH_MAX_SIZE', 'MAX_BATCH_SIZE'],
    ['MAX_BATCHSIZE', 'MAX_BATCH_SIZE'],
    ['REDIS_URI', 'REDIS_URL'],
    ['REDISURL', 'REDIS_URL'],
    ['WEBHOOK_SECRETS', 'WEBHOOK_SECRET'],
    ['ADMIN_APIKEY', 'ADMIN_API_KEY'],
    ['REDIS_ALLOWED_PORT', 'REDIS_ALLOWED_PORTS'],
    ['CLAIM_LEASE_SECONDS', 'CLAIM_LEASE'],
  ])('%s is asked about as %s', (variable, meant) => {
    expect(askedAbout(variable)).toEqual([{ variable, problem: `is not known; did you mean ${meant}?` }]);
  });

  it.each(['PATH', 'PORTS', 'NODE', 'NODE_PATH', 'NODE_OPTIONS', 'REDIS_HOST', 'REDIS_PORT', 'REDIS_SERVER'])(
    '%s is somebody else’s',
    (variable) => expect(askedAbout(variable)).toEqual([]),
  );

  it.each([
    'npm_config_loglevel',
    'BOT_URL',
    'BOT_TIMEOUT',
    'WORKER_PORT',
    'TURN_MAX',
    'DATA_DIR',
    'LOGNAME',
  ])('%s is none of ours', (variable) => expect(askedAbout(variable)).toEqual([]));

  it('is not one of ours itself', () =>
    expect([...askedAbout('BATCH_TIMEOUT'), ...askedAbout('BATCH_TTL')]).toEqual([]));
});

/** What an operator reads of a variable that is not known. */
function askedAbout(variable: string): Problem[] {
  try {
    validateEnvironment(allSettings, { [variable]: '1' });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.filter(({ problem }) => problem.startsWith('is not known'));
  }
}
