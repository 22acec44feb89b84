import { type JsonObject, textOf } from '../json/json';

/**
 * WhatsApp Web's own words for what it shows as a line in the chat, or does not show. Every gateway that drives
 * a browser (Venom, WPPConnect, WAHA under WEBJS) passes these on as messages.
 */
const NOTICES: ReadonlySet<string> = new Set([
  // Announces pictures, which follow as messages of their own.
  'album',
  'e2e_notification',
  'notification',
  'notification_template',
  'broadcast_notification',
  'newsletter_notification',
  'status_notification',
  'gp2',
  'call_log',
  'protocol',
  'pinned_message',
  'keep_in_chat',
  'poll_update',
  'event_response',
  'debug',
]);

/** Stands in the place of a message until the client can read it: then that comes, under the same id. */
const UNDECRYPTED = 'ciphertext';

/** Baileys' number for the same; any other of its numbers is a notice. */
const UNDECRYPTED_STUB: ReadonlySet<unknown> = new Set([2, '2', 'CIPHERTEXT']);

/** True for a type, in lower case, that never becomes a message. */
export function isNotice(type: string): boolean {
  return NOTICES.has(type);
}

/** Why a type of a web client's says nothing; null if it may speak. */
export function silenceOf(type: unknown): 'protocol' | 'undecrypted' | null {
  const word = textOf(type)?.toLowerCase() ?? '';
  if (word === UNDECRYPTED) return 'undecrypted';
  return isNotice(word) ? 'protocol' : null;
}

/** Why what Baileys marks as a stub says nothing: a key that has changed, a call, a member who came; null if it is none. */
export function stubSilenceOf({ messageStubType }: JsonObject): 'protocol' | 'undecrypted' | null {
  if (UNDECRYPTED_STUB.has(messageStubType)) return 'undecrypted';
  const stub = textOf(messageStubType);
  return stub === null || stub === '0' ? null : 'protocol';
}
