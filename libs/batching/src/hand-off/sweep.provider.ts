import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { Claims } from './claims';
import { HandOff } from './hand-off';
import { HandOffMetrics } from './hand-off.metrics';
import { Succession } from './succession';
import { Sweep } from './sweep';

export const sweepProvider: FactoryProvider<Sweep> = {
  provide: Sweep,
  inject: [Claims, HandOff, Succession, SETTINGS, HandOffMetrics],
  useFactory: (
    claims: Claims,
    handOff: HandOff,
    succession: Succession,
    settings: BatchingSettings,
    observer: HandOffMetrics,
  ) => new Sweep(claims, handOff, succession, settings, { observer }),
};
