// Not digits inside a word or a UUID. But an old group's id is a phone, a dash, and ten digits of its time; and a
// message's id may be `false_<phone>@c.us_<more>`.
const PHONE = /(?<![A-Za-z\d-])\+?\d{7,15}(?![A-Za-z\d]|-(?!\d{10}(?!\w)))/g;

/** A phone that may be logged: enough to recognise a customer by, too little to call them. */
export function maskPhones(text: string): string {
  return text.replace(PHONE, (phone) => `${phone.slice(0, 4)}…${phone.slice(-2)}`);
}
