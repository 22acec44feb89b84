import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/settings';
import { RequestBodies } from '@app/platform';

/** How much of a request is read, and when; who gets in, the guards know. */
@Module({
  providers: [
    {
      provide: RequestBodies,
      inject: [SETTINGS],
      useFactory: ({ http }: Settings) => new RequestBodies(http.bodyLimitBytes),
    },
  ],
  exports: [RequestBodies],
})
export class AccessModule {}
