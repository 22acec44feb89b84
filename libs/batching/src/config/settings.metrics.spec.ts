import { Metrics } from '@app/platform';
import { testSettings } from '../testing/settings';
import { SettingsMetrics } from './settings.metrics';

it('what a process was configured with is shown in seconds', async () => {
  const metrics = new Metrics();
  new SettingsMetrics(
    metrics,
    testSettings({
      BATCH_TIMEOUT: '1500',
      BATCH_MAX_WAIT: '4500',
      BATCH_TTL: '60',
      CLAIM_LEASE: '3',
      REDIS_COMMAND_TIMEOUT: '1500',
    }),
  );
  const scrape = await metrics.render();
  const shown = [...scrape.matchAll(/^rapid_fire_setting_seconds\{variable="(\w+)"\} (.*)$/gm)];
  expect(Object.fromEntries(shown.map(([, variable, value]) => [variable, Number(value)]))).toEqual({
    BATCH_TIMEOUT: 1.5,
    BATCH_MAX_WAIT: 4.5,
    BATCH_TTL: 60,
    CLAIM_LEASE: 3,
  });
});
