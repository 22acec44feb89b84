import { provideChromium } from './chromium.mjs';
import { providePrometheus } from './prometheus.mjs';
import { provideValkey } from './valkey.mjs';

/**
 * Finds or gets the programs that the long tests drive, beside the Redis of all tests.
 *
 * @returns {Promise<Record<string, string>>} their paths, for the environment of the tests
 */
export async function provideTools() {
  await provideValkey();
  return { ...(await providePrometheus()), CHROMIUM: await provideChromium() };
}
