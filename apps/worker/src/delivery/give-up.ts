import type { DeliveryOutcome } from './delivery-outcome';
import type { DeliveryProgress } from './delivery-progress';

/** The message becomes a dead letter; when it is redriven, its attempts begin at zero. */
export async function giveUp(delivery: DeliveryProgress, reason: string): Promise<DeliveryOutcome> {
  await delivery.note({ givenUp: true, closed: true });
  return { kind: 'dead', reason };
}

/** What a delivery for which the bot is away ends with; it is given up once that has lasted too long. */
export async function endOfWait(
  wait: DeliveryOutcome | { kind: 'given-up'; reason: string },
  delivery: DeliveryProgress,
): Promise<DeliveryOutcome> {
  return wait.kind === 'given-up' ? giveUp(delivery, wait.reason) : wait;
}
