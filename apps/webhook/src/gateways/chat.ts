import { type CustomerId, topicIdOf } from '@app/contracts';
import type { EventBase } from '@app/gateways';

/** Where an event happened: with the customer, in a group, or in the topic of a group that has topics; null if it does not say. */
export function chatIn({ customer, topic }: EventBase): CustomerId | null {
  return customer === null || topic === undefined ? customer : topicIdOf(customer, topic);
}
