/**
 * What a gateway's spelling of a chat stands for. `customer`: a conversation's customer id. `broadcast`: a story, a
 * list or a channel, which nobody answers. `invalid`: nothing that can be written to.
 */
export type ReadCustomer = { kind: 'customer'; id: string } | { kind: 'broadcast' } | { kind: 'invalid' };

const PHONE = /^\d{5,15}$/;
// Business-scoped user id: a country, a dot, up to 128 letters or digits.
// See https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
const BSUID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/;
const KNOWN = /^wa-(lid:\d{1,20}|bsuid:[A-Z]{2}\.[A-Za-z0-9]{1,128}|group:[\d-]{5,40})$/;

/**
 * Reads a phone or a chat id in any spelling: `+7 (900) 123-45-67`, `79001234567@c.us`,
 * `79001234567:22@s.whatsapp.net` are one customer. A LID is never taken for a phone, whatever its length.
 */
export function readCustomer(text: string): ReadCustomer {
  const trimmed = text.trim().replace(/^whatsapp:/, '');
  if (KNOWN.test(trimmed) || BSUID.test(trimmed)) {
    return { kind: 'customer', id: BSUID.test(trimmed) ? `wa-bsuid:${trimmed}` : trimmed };
  }
  const at = trimmed.lastIndexOf('@');
  return at === -1 ? readPhone(trimmed) : readJid(trimmed.slice(0, at), trimmed.slice(at + 1));
}

function readJid(user: string, server: string): ReadCustomer {
  // A device's number follows a colon: `79001234567:22`.
  const name = user.split(':', 1)[0] ?? '';
  switch (server) {
    case 'c.us':
    case 's.whatsapp.net':
      return readPhone(name);
    case 'lid':
      return /^\d{1,20}$/.test(name) ? { kind: 'customer', id: `wa-lid:${name}` } : { kind: 'invalid' };
    case 'g.us':
      return /^[\d-]{5,40}$/.test(name) ? { kind: 'customer', id: `wa-group:${name}` } : { kind: 'invalid' };
    case 'broadcast':
    case 'newsletter':
      return { kind: 'broadcast' };
    default:
      return { kind: 'invalid' };
  }
}

function readPhone(text: string): ReadCustomer {
  if (!/^\+?[\d\s().-]+$/.test(text)) return { kind: 'invalid' };
  const digits = text.replace(/\D/g, '');
  return PHONE.test(digits) ? { kind: 'customer', id: digits } : { kind: 'invalid' };
}
