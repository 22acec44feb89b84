import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/settings';
import { RequestBodies } from '@app/platform';

export const requestBodiesProvider: FactoryProvider<RequestBodies> = {
  provide: RequestBodies,
  inject: [SETTINGS],
  useFactory: ({ http }: Settings) => new RequestBodies(http.bodyLimitBytes),
};
