/** Why an entry was read and then ignored. Bounded, so that it can label a metric. */
export const IGNORED_REASONS = [
  /** A story on `status@broadcast`. */
  'status-post',
  /** A broadcast list. */
  'broadcast',
  /** A channel, such as `@newsletter`. */
  'channel',
  /** The messenger's own announcements, an assistant of Meta's, another bot. */
  'service',
  /** No customer to answer: no id, or one that belongs to no customer. */
  'invalid-customer',
  /** The business's own message without a recipient. */
  'from-me',
  /** A message without text and without media. */
  'empty',
  /** A field with an invalid value, such as a company id with a brace in it. */
  'invalid-field',
  /** Not in the form of this gateway's payloads. */
  'malformed',
  /** Internal traffic of a messenger: keys, settings, history notices, members, pins, votes. */
  'protocol',
  /** A note among colleagues, which the customer never sees. */
  'note',
  /** A person is online, which says nothing about typing. */
  'online',
  /** Past messages, sent again while a gateway synchronises. */
  'history',
  /** Cannot be decrypted yet; comes again as a message once it can. */
  'undecrypted',
  /** The gateway reports a problem of its own. */
  'gateway-error',
  /** Said to another app, which has the conversation for now. */
  'standby',
  /** An event that is about no conversation: sessions, groups, contacts, labels, calls, templates. */
  'other-event',
] as const;

export type IgnoredReason = (typeof IGNORED_REASONS)[number];
