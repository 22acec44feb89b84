// Not digits inside a word or a UUID. But an old group's id is a phone, a dash, and ten digits of its time.
const PHONE = /(?<![\w-])\+?\d{7,15}(?!\w|-(?!\d{10}(?!\w)))/g;

/** A phone that may be logged: enough to recognise a customer by, too little to call them. */
export function maskPhones(text: string): string {
  return text.replace(PHONE, (phone) => `${phone.slice(0, 4)}…${phone.slice(-2)}`);
}
