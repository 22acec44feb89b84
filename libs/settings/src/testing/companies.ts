import { validateEnvironment } from '@app/config';
import { allSettings } from '../all-settings';
import type { Ground } from '../companies/check-entry';
import { type Reading, readCompanies } from '../companies/read-companies';

/** The environment that a companies file of a test stands on. */
export function groundOf(variables: Record<string, string> = {}): Ground {
  const raw = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379', ...variables };
  const env = validateEnvironment(allSettings, raw);
  return { env, settings: allSettings.shape(env), decided: [] };
}

/** What came of a file's text. */
export function reading(text: string, variables: Record<string, string> = {}): Reading {
  return readCompanies(text, { environment: variables, ground: groundOf(variables), folder: __dirname });
}
