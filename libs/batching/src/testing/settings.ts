import { validateEnvironment } from '../config/validate';
import { UNHURRIED } from '../../../../test/support/patience';
import { type Settings, settingsOf } from '../config/settings';

/**
 * Settings for a test: the defaults of `NODE_ENV=test` with the given changes, and a command time-out as long as
 * a busy machine may stand still.
 */
export function testSettings(variables: Record<string, string> = {}): Settings {
  return settingsOf(
    validateEnvironment({ NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:1', ...UNHURRIED, ...variables }),
  );
}
