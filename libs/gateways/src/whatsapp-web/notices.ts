/**
 * What WhatsApp Web shows as a line in the chat or keeps to itself, by its own word for it. Every gateway that drives
 * a browser (Venom, WPPConnect, WAHA under WEBJS) passes these on as messages.
 */
const NOTICES: ReadonlySet<string> = new Set([
  // That pictures follow, which come by themselves.
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

/** True for a type of which no message comes, in lower case. */
export function isNotice(type: string): boolean {
  return NOTICES.has(type);
}
