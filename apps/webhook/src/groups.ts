import { type CustomerId, identify, memberIdOf } from '@app/contracts';
import type { GroupPolicy } from '@app/batching';

/**
 * Whose conversation a message belongs to, by `GROUP_MESSAGES`; null where it is a group's and those are ignored.
 *
 * @param sender who speaks inside a group; where nobody says, the whole group is meant.
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
