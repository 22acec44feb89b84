import type { EventOrigin } from '../gateway-event';
import { type NoParties, type Parties, partiesOf } from '../identity/parties';
import { firstId, type JsonObject } from '../json/json';

const WHATSAPP = /^whatsapp:/i;
/** Short codes have six digits at most. */
const PHONE = /^\d{7,15}$/;

/** True for an address on WhatsApp; any other is a phone's, for SMS. */
export function isOnWhatsApp(address: string): boolean {
  return WHATSAPP.test(address);
}

/** The origin of a post, by the business's end of it: a number of its own is an account. */
export function originOf(business: unknown): EventOrigin {
  const account = firstId(business)?.replace(WHATSAPP, '').replace(/^\+/, '') ?? null;
  return { gateway: 'twilio', account: account === '' ? null : account, companyId: null };
}

/** The business's own end as Twilio writes it, on the channel of the customer's. */
export function businessAddress(account: string, customer: string): string {
  const number = PHONE.test(account) ? `+${account}` : account;
  return isOnWhatsApp(customer) ? `whatsapp:${number}` : number;
}

/**
 * Finds the customer by their address. A phone by SMS is another conversation than the same phone on WhatsApp, where a
 * customer with a username has only a business-scoped id.
 */
export function customerBehind(
  address: unknown,
  { WaId, ExternalUserId }: JsonObject = {},
): Parties | NoParties {
  const spelt = firstId(address) ?? '';
  if (isOnWhatsApp(spelt)) return partiesOf({ chat: [spelt, WaId, ExternalUserId] });
  const parties = partiesOf({ chat: [`sms:${spelt}`] });
  // A reply goes to the address as it came.
  return typeof parties === 'string' ? parties : { ...parties, chatId: spelt };
}
