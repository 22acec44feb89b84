import { type CustomerId, type Identity, identify, withoutMarks } from '@app/contracts';
import { idTextOf } from '../json/json';

/** Two ids of one person, seen side by side in one payload. */
export interface Alias {
  /** `wa-lid:…` or `wa-bsuid:…`. */
  readonly alias: CustomerId;
  /** The same person's phone. */
  readonly phone: CustomerId;
}

/** Who talks to whom. */
export interface Parties {
  readonly customer: CustomerId;
  /** Who speaks inside a group; null elsewhere, and where the group's payload does not say. */
  readonly sender: CustomerId | null;
  readonly aliases: readonly Alias[];
  /** The chat as the gateway spelt it: what its API takes to send a reply. */
  readonly chatId: string;
}

/** Why a payload's chat is nobody's conversation. */
export type NoParties = 'status-post' | 'broadcast' | 'channel' | 'service' | 'invalid-customer';

/** What a payload says about its chat. */
export interface ChatSpellings {
  /** Every spelling of the chat in this payload, the one to reply to first; anything that is no text is passed over. */
  readonly chat: readonly unknown[];
  /** Every spelling of who speaks, should the chat be a group. */
  readonly sender?: readonly unknown[];
  /** The business's own ids: never the customer, whatever a gateway mixed up. */
  readonly own?: readonly unknown[];
}

/** Finds the customer among all spellings of a chat: the phone where one is shown, and what else they go by. */
export function partiesOf({ chat, sender = [], own = [] }: ChatSpellings): Parties | NoParties {
  const spelt = chat.map(idTextOf).filter((text) => text !== null);
  const identities = spelt.map(identify);
  const silent = identities.find(({ kind }) => kind === 'silent');
  const silence = silent?.kind === 'silent' ? silent.reason : null;
  // Of WhatsApp's own ids one may stand in for a person's that is hidden, so another spelling still counts.
  if (silence !== null && silence !== 'service') return silence;

  const group = identities.find(({ kind }) => kind === 'group');
  const person = personOf(group === undefined ? identities : identitiesOf(sender), identitiesOf(own));
  const customer = group !== undefined && 'id' in group ? group.id : person?.id;
  const chatId = spelt.find((_, at) => 'id' in (identities[at] ?? {}));
  if (customer === undefined || chatId === undefined) return silence ?? 'invalid-customer';
  return {
    customer,
    sender: group === undefined ? null : (person?.id ?? null),
    aliases: person?.aliases ?? [],
    chatId: withoutMarks(chatId),
  };
}

interface Person {
  readonly id: CustomerId;
  readonly aliases: readonly Alias[];
}

type PersonIdentity = Extract<Identity, { id: CustomerId }>;

/** One person out of all their spellings: a phone stands before any other id, the rest are its aliases. */
function personOf(spellings: readonly Identity[], own: readonly Identity[]): Person | null {
  const known = spellings.filter(isPerson);
  const ours = new Set(own.filter(isPerson).map(({ id }) => id));
  // A chat with oneself names nobody else; then the own id is the right one.
  const others = known.filter(({ id }) => !ours.has(id));
  const ids = others.length > 0 ? others : known;
  const phone = ids.find(({ kind }) => kind === 'phone');
  const first = phone ?? ids[0];
  if (first === undefined) return null;
  const aliases = new Set(ids.filter(({ kind }) => kind !== 'phone').map(({ id }) => id));
  return {
    id: first.id,
    aliases: phone === undefined ? [] : [...aliases].map((alias) => ({ alias, phone: phone.id })),
  };
}

function isPerson(identity: Identity): identity is PersonIdentity {
  return 'id' in identity && identity.kind !== 'group';
}

function identitiesOf(spellings: readonly unknown[]): Identity[] {
  return spellings
    .map(idTextOf)
    .filter((text) => text !== null)
    .map(identify);
}
