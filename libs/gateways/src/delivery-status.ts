import type { StatusEvent } from './gateway-event';
import { firstText } from './json/json';

/** Meta's and Twilio's words, WAHA's names, Evolution's names and WhatsApp Web's numbers, in lower case. */
const STATUSES: Readonly<Record<string, StatusEvent['status']>> = {
  pending: 'pending',
  '0': 'pending',
  accepted: 'pending',
  scheduled: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'sent',
  server: 'sent',
  server_ack: 'sent',
  '1': 'sent',
  delivered: 'delivered',
  device: 'delivered',
  delivery_ack: 'delivered',
  '2': 'delivered',
  read: 'read',
  '3': 'read',
  played: 'played',
  '4': 'played',
  failed: 'failed',
  undelivered: 'failed',
  error: 'failed',
  '-1': 'failed',
};

/** The delivery state of a message, by the first known word. */
export function deliveryStatusOf(...words: readonly unknown[]): StatusEvent['status'] {
  for (const word of words) {
    const text = firstText(word)?.toLowerCase() ?? '';
    const status = Object.hasOwn(STATUSES, text) ? STATUSES[text] : undefined;
    if (status !== undefined) return status;
  }
  return 'unknown';
}
