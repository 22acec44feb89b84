import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const SHORT_LANE = 'short-lane';

/**
 * Lets ordinary JSON posts to a method go past Express, whose routing and answering cost more than all other work for them
 * (ADR 5). The method takes the body and nothing else, and each of its guards is a `LaneGuard`.
 */
export function ShortLane(): CustomDecorator {
  return SetMetadata(SHORT_LANE, true);
}
