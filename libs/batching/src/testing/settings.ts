import { shapeGroup, validateEnvironment } from '@app/config';
import { UNHURRIED } from '../../../../test/support/patience';
import { type BatchingSettings, batchingSettings } from '../config/batching.settings';

/**
 * Settings for a test: the defaults of `NODE_ENV=test` with the given changes, and a command time-out as long as
 * a busy machine may stand still.
 */
export function testSettings(variables: Record<string, string> = {}): BatchingSettings {
  const raw = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:1', ...UNHURRIED, ...variables };
  return shapeGroup(batchingSettings, validateEnvironment(batchingSettings, raw));
}
