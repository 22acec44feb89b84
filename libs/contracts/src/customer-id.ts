import { phoneDigitsOf } from './phone';

/**
 * The other side of a conversation: bare digits for a phone, otherwise `wa-lid:…`, `wa-bsuid:…`, `wa-group:<group>` or, for
 * one person within a group, `wa-group:<group>:<that person's id>`.
 */
export type CustomerId = string;

/** What a text identifies: a customer who can be answered, a place without a listener, or nothing. */
export type Identity =
  | { readonly kind: 'phone' | 'lid' | 'bsuid' | 'group'; readonly id: CustomerId }
  | { readonly kind: 'silent'; readonly reason: 'status-post' | 'broadcast' | 'channel' | 'service' }
  | { readonly kind: 'invalid' };

const GROUP_KIND = 'wa-group:';
const INVALID: Identity = { kind: 'invalid' };

/** Long enough for every spelling known; a longer text is not worth a regular expression. */
const MAX_LENGTH = 192;

/** Bidirectional marks, joiners, zero-width spaces, soft hyphens, byte order marks. */
const MARKS = /\p{Cf}/gu;

/** `<user>[_<agent>][:<device>]`: one user has several devices, and all of them are that user. */
const DEVICE = /(?:_\d{1,3})?(?::\d{1,5})?$/;
const LID = /^\d{5,20}$/;
const GROUP = /^[\w.+/=-]{1,128}$/;
/** Two letters for the country, `ENT` in a parent company's id, then up to 128 letters or digits. */
const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

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
  if (spelling.startsWith('wa')) return fromCustomerId(spelling);
  if (BSUID.test(spelling)) return { kind: 'bsuid', id: `wa-bsuid:${spelling}` };
  return phone(spelling);
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

/** A group by its bare id, as Meta writes it; null if the text cannot be one. */
export function groupIdOf(text: string): CustomerId | null {
  const user = text.replace(/@g\.us$/i, '');
  return GROUP.test(user) ? `wa-group:${user}` : null;
}

/** One person within a group, as a customer: another group or another person is another customer. */
export function memberIdOf(group: CustomerId, person: CustomerId): CustomerId {
  return `${group}:${person}`;
}

/** The chat that a customer writes in; for one person within a group, the group. */
export function chatOf(customer: CustomerId): CustomerId {
  return memberOf(customer) === null ? customer : customer.slice(0, customer.indexOf(':', GROUP_KIND.length));
}

/** The person that a customer id means within a group; null if it means none. */
export function memberOf(customer: CustomerId): CustomerId | null {
  const colon = customer.startsWith(GROUP_KIND) ? customer.indexOf(':', GROUP_KIND.length) : -1;
  return colon === -1 ? null : customer.slice(colon + 1);
}

/** True for a group, and for one person within it. */
export function isInGroup(customer: CustomerId): boolean {
  return customer.startsWith(GROUP_KIND);
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
      return lid(user.replace(DEVICE, ''));
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
  const colon = spelling.indexOf(':');
  const rest = spelling.slice(colon + 1);
  switch (spelling.slice(0, colon)) {
    case 'wa-lid':
      return lid(rest);
    case 'wa-group':
      return groupOrMember(rest);
    case 'wa-bsuid':
      return BSUID.test(rest) ? { kind: 'bsuid', id: spelling } : INVALID;
    default:
      return INVALID;
  }
}

function phone(text: string): Identity {
  const id = phoneDigitsOf(text);
  return id === null ? INVALID : { kind: 'phone', id };
}

function lid(user: string): Identity {
  return LID.test(user) ? { kind: 'lid', id: `wa-lid:${user}` } : INVALID;
}

function group(user: string): Identity {
  const id = groupIdOf(user);
  return id === null ? INVALID : { kind: 'group', id };
}

/** `<group>` or `<group>:<person>`: no group has a colon in its id. */
function groupOrMember(text: string): Identity {
  const colon = text.indexOf(':');
  const whole = group(colon === -1 ? text : text.slice(0, colon));
  if (colon === -1 || !('id' in whole)) return whole;
  const person = identify(text.slice(colon + 1));
  return 'id' in person && person.kind !== 'group'
    ? { kind: 'group', id: memberIdOf(whole.id, person.id) }
    : INVALID;
}
