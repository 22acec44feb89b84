import { type CustomerId, identify, memberIdOf } from '@app/contracts';
import type { GroupPolicy } from '@app/gateways';

/**
 * The customer whose conversation a message belongs to, by `GROUP_MESSAGES`; null for a group's message if those are ignored.
 *
 * @param sender the member who speaks in a group; if unknown, the whole group is meant.
 */
export function customerUnder(
  policy: GroupPolicy,
  customer: CustomerId,
  sender: CustomerId | null,
): CustomerId | null {
  if (identify(customer).kind !== 'group') return customer;
  switch (policy) {
    case 'ignore':
      return null;
    case 'per-chat':
      return customer;
    case 'per-sender':
      return sender === null ? customer : memberIdOf(customer, sender);
  }
}
