import { phoneTags } from './phone-tags';

const UUID = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';
/** A message id of Meta's is Base64, and contains the phone. */
const META_ID = 'wamid\\.[\\w+/=-]+';
// Not digits inside a word or an id of ours. But an old group's id is a phone, a dash, and ten digits of its time; and a
// message's id may be `false_<phone>@c.us_<more>`.
const PHONE = '(?<![A-Za-z\\d-])\\+?\\d{7,}(?![A-Za-z\\d]|-(?!\\d{10}(?!\\w)))';
/** Digits anywhere; if there are too few in a row, whatever separates them. */
const DIGITS = '\\+?\\d{7,}|\\+?\\d(?:[\\s().:_-]{0,2}\\d){6,}';

const IN_OUR_WORDS = new RegExp(`${META_ID}|${PHONE}`, 'g');
const IN_A_STRANGERS_ID = new RegExp(`${UUID}|${META_ID}|${DIGITS}`, 'g');
const IS_UUID = new RegExp(`^${UUID}$`);

/**
 * A text whose phones, LIDs and ids that contain them are masked for the log: enough of each stays to recognise a customer, too
 * little to call them, and a tag to search for.
 */
export function maskPhones(text: string): string {
  return text.replace(IN_OUR_WORDS, masked);
}

/** The same for an id that another system has made and that may contain a phone: `order79001234567`, `7-900-123-45-67`. */
export function maskStrangersId(text: string): string {
  return text.replace(IN_A_STRANGERS_ID, (match) => (IS_UUID.test(match) ? match : masked(match)));
}

function masked(match: string): string {
  if (match.startsWith('wamid.')) return `wamid.…${phoneTags.of(match)}`;
  return `${match.slice(0, 4)}…${match.slice(-2)}${phoneTags.of(match.replace(/\D/g, ''))}`;
}
