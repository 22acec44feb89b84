import { createHmac } from 'node:crypto';

const LETTERS = 10;
/** Number of customers whose tag is remembered; a busy log names the same few again and again. */
const MOST_KNOWN = 10_000;

/**
 * The tag next to a masked phone, so that a log can be searched for one customer: the same for the same digits under the
 * same key, and useless to a reader without the key. It consists of letters, because digits would look like a phone.
 */
export class PhoneTags {
  private key: Buffer | null = null;
  private readonly known = new Map<string, string>();

  /** From now on tags use this key; before the first key there are none. */
  useKey(key: Buffer): void {
    this.key = key;
    this.known.clear();
  }

  /** `#` and ten letters; empty before there is a key. */
  of(digits: string): string {
    if (this.key === null) return '';
    const known = this.known.get(digits);
    if (known !== undefined) return known;
    if (this.known.size === MOST_KNOWN) this.known.clear();
    const mac = createHmac('sha256', this.key).update(digits).digest();
    const tag = `#${String.fromCharCode(...mac.subarray(0, LETTERS).map((byte) => 97 + (byte % 26)))}`;
    this.known.set(digits, tag);
    return tag;
  }
}

/** The process's own tags: all its roles use one Redis, which holds the key, and write one log. */
export const phoneTags = new PhoneTags();
