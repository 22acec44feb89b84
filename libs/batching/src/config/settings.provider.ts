import type { FactoryProvider } from '@nestjs/common';
import { announce, SETTINGS } from '@app/config';
import type { BatchingSettings } from './batching.settings';

/** Whatever connects needs the settings: so what they are is said before anything can fail for them. */
export function settingsProvider(settings: BatchingSettings): FactoryProvider<BatchingSettings> {
  return {
    provide: SETTINGS,
    useFactory: () => {
      announce(settings.environment, settings.effective);
      return settings;
    },
  };
}
