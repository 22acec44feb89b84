import { kindOf } from './customer-kind';
import { phoneDigitsOf } from './phone';

/**
 * The other side of a conversation: bare digits for a phone, otherwise `<kind>:<id>`, such as `wa-lid:…` or `tg:…`. One person
 * within a group is `<kind>:<group>:<that person's id>`.
 */
export type CustomerId = string;

/** What a text identifies: a customer who can be answered, a place without a listener, or nothing. */
export type Identity =
  | { readonly kind: 'phone' | 'lid' | 'bsuid' | 'group' | 'sms' | 'contact'; readonly id: CustomerId }
  | { readonly kind: 'silent'; readonly reason: 'status-post' | 'broadcast' | 'channel' | 'service' }
  | { readonly kind: 'invalid' };

const INVALID: Identity = { kind: 'invalid' };

/** Long enough for every spelling known; a longer text is not worth a regular expression. */
const MAX_LENGTH = 192;

/** Bidirectional marks, joiners, zero-width spaces, soft hyphens, byte order marks. */
const MARKS = /\p{Cf}/gu;

/** `<user>[_<agent>][:<device>]`: one user has several devices, and all of them are that user. */
const DEVICE = /(?:_\d{1,3})?(?::\d{1,5})?$/;

/**
 * Reads a customer in any spelling: a phone in any notation, a JID with or without its device, a
 * business-scoped user id, or a customer id of ours.
 *
 * A LID has as many digits as a phone and is not one. Only its server part tells them apart, so nothing is guessed
 * from length.
 */
export function identify(text: string): Identity {
  if (text.length > MAX_LENGTH) return INVALID;
  const spelling = withoutMarks(text).replace(/^whatsapp:/i, '');
  const at = spelling.lastIndexOf('@');
  if (at !== -1) return fromJid(spelling.slice(0, at), spelling.slice(at + 1).toLowerCase());
  if (spelling.includes(':')) return fromCustomerId(spelling);
  const asPhone = phone(spelling);
  return asPhone.kind === 'invalid' ? fromCustomerId(`wa-bsuid:${spelling}`) : asPhone;
}

/** The visible part of a spelling: address books and documents put direction marks around a phone. */
export function withoutMarks(text: string): string {
  return text.replace(MARKS, '').trim();
}

/** The customer's id; null if the text identifies no customer who can be answered. */
export function customerIdOf(text: string): CustomerId | null {
  const identity = identify(text);
  return 'id' in identity ? identity.id : null;
}

/** WhatsApp's group by its bare id, as Meta writes it; null if the text cannot be one. */
export function groupIdOf(text: string): CustomerId | null {
  const user = text.replace(/@g\.us$/i, '');
  const id = `wa-group:${user}`;
  return kindOf(id)?.form.test(user) ? id : null;
}

/** One person within a group, as a customer: another group or another person is another customer. */
export function memberIdOf(group: CustomerId, person: CustomerId): CustomerId {
  return `${group}:${person}`;
}

/** A topic within a group, as a group: what is written in one topic is no part of another. */
export function topicIdOf(group: CustomerId, topic: string): CustomerId {
  return `${group}_${topic}`;
}

/** The chat that a customer writes in; for one person within a group, the group. */
export function chatOf(customer: CustomerId): CustomerId {
  const end = groupEnd(customer);
  return end === -1 ? customer : customer.slice(0, end);
}

/** The person that a customer id means within a group; null if it means none. */
export function memberOf(customer: CustomerId): CustomerId | null {
  const end = groupEnd(customer);
  return end === -1 ? null : customer.slice(end + 1);
}

/** True for a group, and for one person within it. */
export function isInGroup(customer: CustomerId): boolean {
  return kindOf(customer)?.kind === 'group';
}

/** Where the group ends in the id of one person within it; -1 for any other id. */
function groupEnd(customer: CustomerId): number {
  return isInGroup(customer) ? customer.indexOf(':', customer.indexOf(':') + 1) : -1;
}

function fromJid(user: string, server: string): Identity {
  switch (server) {
    case 'bot':
      return { kind: 'silent', reason: 'service' };
    case 'c.us':
    case 's.whatsapp.net':
    case 'hosted':
      // WhatsApp's own announcements.
      if (user === '0') return { kind: 'silent', reason: 'service' };
      return phone(user.replace(DEVICE, ''));
    case 'lid':
    case 'hosted.lid':
      return fromCustomerId(`wa-lid:${user.replace(DEVICE, '')}`);
    case 'g.us':
      return group(user);
    case 'broadcast':
      return { kind: 'silent', reason: user === 'status' ? 'status-post' : 'broadcast' };
    case 'newsletter':
      return { kind: 'silent', reason: 'channel' };
    default:
      return INVALID;
  }
}

function fromCustomerId(spelling: string): Identity {
  const found = kindOf(spelling);
  if (found === null) return INVALID;
  const { kind, form } = found;
  const head = spelling.slice(0, spelling.indexOf(':') + 1);
  const rest = spelling.slice(head.length);
  if (kind === 'sms') {
    const digits = phoneDigitsOf(rest);
    return digits === null ? INVALID : { kind, id: `${head}${digits}` };
  }
  const id = chatOf(spelling);
  if (!form.test(id.slice(head.length))) return INVALID;
  const member = memberOf(spelling);
  return member === null ? { kind, id } : memberIn(id, identify(member));
}

function memberIn(group: CustomerId, person: Identity): Identity {
  return 'id' in person && person.kind !== 'group'
    ? { kind: 'group', id: memberIdOf(group, person.id) }
    : INVALID;
}

function group(user: string): Identity {
  const id = groupIdOf(user);
  return id === null ? INVALID : { kind: 'group', id };
}

function phone(text: string): Identity {
  const id = phoneDigitsOf(text);
  return id === null ? INVALID : { kind: 'phone', id };
}
