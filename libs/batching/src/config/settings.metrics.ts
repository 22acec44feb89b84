import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import { Metrics } from '@app/platform';
import type { BatchingSettings } from './batching.settings';

/** The settings that what is measured must be compared with, so that an alert needs no copy of them. */
@Injectable()
export class SettingsMetrics {
  constructor(metrics: Metrics, @Inject(SETTINGS) { window, handOff, memory }: BatchingSettings) {
    const seconds = metrics.gauge({
      name: 'setting_seconds',
      help: 'Durations that this process was configured with, by variable.',
      labelNames: ['variable'],
    });
    seconds.set({ variable: 'BATCH_TIMEOUT' }, window.quietMs / 1000);
    seconds.set({ variable: 'BATCH_MAX_WAIT' }, window.maxWaitMs / 1000);
    seconds.set({ variable: 'BATCH_TTL' }, memory.idleTtlS);
    seconds.set({ variable: 'CLAIM_LEASE' }, handOff.leaseMs / 1000);
  }
}
