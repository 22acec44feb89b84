import type { DeliveryOutcome } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';

/** The message becomes a dead letter; when it is redriven, its attempts begin at zero. */
export async function giveUp(delivery: DeliveryProgress, reason: string): Promise<DeliveryOutcome> {
  await delivery.note({ givenUp: true });
  return { kind: 'dead', reason };
}
