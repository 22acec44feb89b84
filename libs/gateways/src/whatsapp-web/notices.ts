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

/** True for a type, in lower case, that never becomes a message. */
export function isNotice(type: string): boolean {
  return NOTICES.has(type);
}
