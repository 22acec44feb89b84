import type { FactoryProvider } from '@nestjs/common';
import { RequestBodies } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';

/** Reads the worker's calls, up to `BODY_LIMIT`. */
export const requestBodiesProvider: FactoryProvider<RequestBodies> = {
  provide: RequestBodies,
  inject: [SETTINGS],
  useFactory: ({ http }: Settings) => new RequestBodies(http.bodyLimitBytes),
};
