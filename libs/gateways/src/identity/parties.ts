import { type CustomerId, type Identity, identify, withoutMarks } from '@app/contracts';
import { idTextOf } from '../json/json';

/** Two ids of one person, seen together in one payload. */
export interface Alias {
  /** `wa-lid:…` or `wa-bsuid:…`. */
  readonly alias: CustomerId;
  /** The same person's phone. */
  readonly phone: CustomerId;
}

/** The parties of a chat. */
export interface Parties {
  readonly customer: CustomerId;
  /** The member who speaks in a group; null elsewhere, and if the group's payload does not say. */
  readonly sender: CustomerId | null;
  readonly aliases: readonly Alias[];
  /** The chat in the gateway's spelling, which its API takes to send a reply. */
  readonly chatId: string;
}

/** Why a payload's chat is no customer's conversation. */
export type NoParties = 'status-post' | 'broadcast' | 'channel' | 'service' | 'invalid-customer';

/** A payload's data about its chat. */
export interface ChatSpellings {
  /** Every spelling of the chat in this payload, the one to reply to first; values that are not text are skipped. */
  readonly chat: readonly unknown[];
  /** Every spelling of the member who speaks, if the chat is a group. */
  readonly sender?: readonly unknown[];
  /** The business's own ids: never the customer, even if a gateway mixes them up. */
  readonly own?: readonly unknown[];
}

/** Finds the customer among all spellings of a chat: the phone if one is shown, and the other ids. */
export function partiesOf({ chat, sender = [], own = [] }: ChatSpellings): Parties | NoParties {
  const spelt = chat.map(idTextOf).filter((text) => text !== null);
  const identities = spelt.map(identify);
  const silent = identities.find(({ kind }) => kind === 'silent');
  const silence = silent?.kind === 'silent' ? silent.reason : null;
  // One of WhatsApp's own ids may replace a hidden person's, so another spelling still counts.
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

/** One person from all of their spellings: the phone comes before any other id, the rest are its aliases. */
function personOf(spellings: readonly Identity[], own: readonly Identity[]): Person | null {
  const known = spellings.filter(isPerson);
  const ours = new Set(own.filter(isPerson).map(({ id }) => id));
  // A chat with oneself names no other person; then the own id is the right one.
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
