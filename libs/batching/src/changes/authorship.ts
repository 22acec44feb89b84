import type { BatchStore } from '../store/batch-store';
import type { StoredMessage } from '@app/contracts';
import { type Conversation, conversationOf } from '@app/contracts';
import { chatOf, type CustomerId, customerIdOf, isInGroup, memberOf } from '@app/contracts';

/** Who rewrites a message or takes it back, as far as the gateway says. */
export interface Actor {
  /** Whose chat, or which group, they act in: every id of it that the payload shows. */
  readonly chat: readonly CustomerId[];
  /** Every id of theirs that the payload shows; `business`: it is the account itself; null: a group's payload names nobody. */
  readonly person: readonly CustomerId[] | 'business' | null;
}

/** A message as far as its authorship goes. */
export interface Authored {
  readonly conversation: Conversation;
  /** Who wrote it in a group; null where nobody said. In any other chat it is the customer. */
  readonly author: CustomerId | null;
}

/** Whose a message is to change. Ids of one person, LID, BSUID and phone, count as one once an alias has joined them. */
export class Authorship {
  constructor(private readonly store: BatchStore) {}

  /**
   * True for who wrote the message, and in a group, where admins may remove others' messages, for any revocation.
   *
   * @param actor null where the gateway says nothing of who acts: then the message's id has to do.
   * @throws StoreUnavailableError where Redis cannot serve.
   */
  async permits(
    change: 'edit' | 'revoke',
    actor: Actor | null,
    { conversation, author }: Authored,
  ): Promise<boolean> {
    if (actor === null) return true;
    const { customer, companyId } = conversation;
    const isOne = (ids: readonly CustomerId[], id: CustomerId): Promise<boolean> =>
      this.isOne(ids, id, companyId);
    if (!(await isOne(actor.chat, chatOf(customer)))) return false;
    if (isInGroup(customer) && (change === 'revoke' || actor.person === null)) return true;
    // Only customers' messages are stored, and nobody but a group's admin touches those of others.
    if (actor.person === 'business') return false;
    return !isInGroup(customer) || (author !== null && isOne(actor.person ?? [], author));
  }

  private async isOne(
    ids: readonly CustomerId[],
    id: CustomerId,
    companyId: Conversation['companyId'],
  ): Promise<boolean> {
    if (ids.includes(id)) return true;
    const homes = [id, ...ids].map(async (each) => this.store.homeOf(conversationOf(each, companyId)));
    const [home, ...others] = await Promise.all(homes);
    return others.some((other) => other.id === home?.id);
  }
}

/** Who wrote a message of a group's, as its conversation or, where that is the whole group, its metadata says. */
export function authorIn(
  { customer }: Conversation,
  { metadata }: Pick<StoredMessage, 'metadata'>,
): CustomerId | null {
  if (!isInGroup(customer)) return null;
  const { sender } = metadata;
  return memberOf(customer) ?? (typeof sender === 'string' ? customerIdOf(sender) : null);
}
