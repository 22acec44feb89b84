import { Module } from '@nestjs/common';
import { RequestBodies } from '@app/platform';
import { requestBodiesProvider } from './request-bodies.provider';

/** How much of a request is read, and when; who gets in, the guards know. */
@Module({
  providers: [requestBodiesProvider],
  exports: [RequestBodies],
})
export class AccessModule {}
