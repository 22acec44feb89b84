import { Module } from '@nestjs/common';
import { RequestBodies, requestBodiesProvider } from '@app/platform';

/** How much of a request is read, and when; who gets in, the guards know. */
@Module({
  providers: [requestBodiesProvider],
  exports: [RequestBodies],
})
export class AccessModule {}
