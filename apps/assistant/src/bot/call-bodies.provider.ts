import type { FactoryProvider } from '@nestjs/common';
import { MOST_PICTURE_BYTES } from '@app/bots';
import { RequestBodies } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';

/** Reads calls of up to `BODY_LIMIT`, and the pictures that they bring besides: the worker alone decides of how many. */
export const callBodiesProvider: FactoryProvider<RequestBodies> = {
  provide: RequestBodies,
  inject: [SETTINGS],
  useFactory: ({ http }: Settings) => new RequestBodies(http.bodyLimitBytes + MOST_PICTURE_BYTES),
};
