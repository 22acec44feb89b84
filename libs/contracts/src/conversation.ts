import { CUSTOMER_KINDS } from './customer-kind';

/** A tenant's id, as its owner writes it. */
export type CompanyId = string | number;

/** The scope in which messages are merged: one customer of one company. */
export interface Conversation {
  /** `<customer>`, or `<companyId>:<customer>` if a company is known. */
  readonly id: string;
  /** Bare digits for a phone; other kinds of id keep their kind: `wa-lid:…`, `wa-group:…`, `tg:…`. */
  readonly customer: string;
  readonly companyId: CompanyId | null;
}

// No colon and no brace: a company can neither shift the parts of a conversation id nor move its key to another slot.
const COMPANY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** True if the text can be a company's part of a conversation id. */
export function isCompanyId(text: string): boolean {
  return COMPANY_ID.test(text) && !CUSTOMER_KINDS.includes(text);
}

/**
 * The conversation of a customer with a company; without a company, of the customer alone.
 *
 * @throws RangeError if the company's id cannot be part of a conversation id.
 */
export function conversationOf(customer: string, companyId: CompanyId | null): Conversation {
  if (companyId === null) return { id: customer, customer, companyId };
  if (!isCompanyId(String(companyId))) {
    throw new RangeError('a company id is 1 to 64 letters, digits, dots, dashes or underscores');
  }
  return { id: `${String(companyId)}:${customer}`, customer, companyId };
}

/** Splits a conversation id; the company is returned as text. */
export function parseConversationId(id: string): Conversation {
  const colon = id.indexOf(':');
  const head = id.slice(0, colon);
  if (colon === -1 || CUSTOMER_KINDS.includes(head)) return { id, customer: id, companyId: null };
  return { id, customer: id.slice(colon + 1), companyId: head };
}

/** The phone in a customer's id, WhatsApp's, that of an SMS or a simulated one, as digits; null if the id is of another kind. */
export function phoneOf(customer: string): string | null {
  const [, digits] = /^(?:sms:|sim:)?(\d+)$/.exec(customer) ?? [];
  return digits ?? null;
}
