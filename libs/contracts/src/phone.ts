/** The characters of a written phone: digits among plus signs, spaces, brackets, dots, slashes and dashes. */
const PHONE = /^[\d\s+().\-/\u2010-\u2015]+$/;

/** A number into which a spreadsheet or a Python table has turned a phone. */
const DECIMAL = /^(\d+)\.0$/;

/** E.164 allows 15 digits; fewer than 5 are a service number or a typing error. */
const FEWEST_DIGITS = 5;
const MOST_DIGITS = 15;

/**
 * The phone as bare digits; null if the text is no phone.
 *
 * National habits (Brazil's ninth digit, Argentina's 9, Mexico's 1) are left as they are, because a guess would join
 * two people into one conversation.
 */
export function phoneDigitsOf(text: string): string | null {
  if (!PHONE.test(text)) return null;
  // 00 stands for the plus sign on a keypad; no country's number begins with 0.
  const digits = text.replace(DECIMAL, '$1').replace(/\D/g, '').replace(/^00/, '');
  return digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS ? digits : null;
}
