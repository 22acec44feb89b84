import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '@app/config';
import type { HttpSettings } from './http.settings';
import { RequestBodies } from './request-bodies';

/** Reads bodies of up to `BODY_LIMIT`. */
export const requestBodiesProvider: FactoryProvider<RequestBodies> = {
  provide: RequestBodies,
  inject: [SETTINGS],
  useFactory: ({ http }: { http: HttpSettings }) => new RequestBodies(http.bodyLimitBytes),
};
