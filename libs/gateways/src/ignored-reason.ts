/** Why something was read and then left alone. Bounded, so that it can label a metric. */
export const IGNORED_REASONS = [
  /** A story on `status@broadcast`. */
  'status-post',
  /** A broadcast list. */
  'broadcast',
  /** A channel (`@newsletter`). */
  'channel',
  /** WhatsApp's own announcements, or an assistant of Meta's. */
  'service',
  /** No customer to answer: no id, or one that is nobody's. */
  'invalid-customer',
  /** The business's own message, and nobody says to whom. */
  'from-me',
  /** A message without text and without media. */
  'empty',
  /** A field that cannot be what it says, such as a company id with a brace in it. */
  'invalid-field',
  /** Not the shape of this gateway's payloads at all. */
  'malformed',
  /** WhatsApp talking to itself: keys, settings, history notices, pins, votes. */
  'protocol',
  /** Somebody is online, which says nothing about typing. */
  'online',
  /** Past messages, sent again while a gateway synchronises. */
  'history',
  /** Cannot be decrypted yet; comes again as a message once it can. */
  'undecrypted',
  /** The gateway reports a trouble of its own. */
  'gateway-error',
  /** An event that is about no conversation: sessions, groups, contacts, labels, calls, templates. */
  'other-event',
] as const;

export type IgnoredReason = (typeof IGNORED_REASONS)[number];
