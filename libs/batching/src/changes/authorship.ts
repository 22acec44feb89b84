import {
  type StoredMessage,
  type Conversation,
  conversationOf,
  chatOf,
  type CustomerId,
  customerIdOf,
  isInGroup,
  memberOf,
} from '@app/contracts';
import type { BatchStore } from '../store/batch-store';

/** The person who edits or revokes a message, as far as the gateway says. */
export interface Actor {
  /** The chat or group in which they act: every id of it that the payload shows. */
  readonly chat: readonly CustomerId[];
  /** Every id of theirs that the payload shows; `business`: it is the account itself; null: a group's payload names no person. */
  readonly person: readonly CustomerId[] | 'business' | null;
}

/** The authorship of a message. */
export interface Authored {
  readonly conversation: Conversation;
  /** The author within a group; null if it is unknown. In any other chat the author is the customer. */
  readonly author: CustomerId | null;
}

/** Decides who may change a message. Ids of one person, LID, BSUID and phone, count as one once an alias has joined them. */
export class Authorship {
  constructor(private readonly store: BatchStore) {}

  /**
   * True for the message's author, and in a group, where admins may remove others' messages, for any revocation.
   *
   * @param actor null if the gateway does not say who acts: then the message's id has to do.
   * @throws StoreUnavailableError if Redis cannot serve.
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
    // Only customers' messages are stored, and only a group's admin may touch those of others.
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

/** The author of a group's message, as its conversation says or, if that is the whole group, its metadata. */
export function authorIn(
  { customer }: Conversation,
  { metadata }: Pick<StoredMessage, 'metadata'>,
): CustomerId | null {
  if (!isInGroup(customer)) return null;
  const { sender } = metadata;
  return memberOf(customer) ?? (typeof sender === 'string' ? customerIdOf(sender) : null);
}
