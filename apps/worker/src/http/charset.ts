import { isUtf8 } from 'node:buffer';

const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)/i;
/** Its bytes may be UTF-8 by accident. */
const WIDE = /^utf-?16/i;
const REPLACED = /\uFFFD/g;
/** A text that was cut off by bytes has one; one in another character set is full of them. */
const MOST_REPLACED = 1 / 10;

/** Bytes as the text that they are: UTF-8, whatever they are called, else what `contentType` calls them. */
export function textOf(bytes: Buffer, contentType?: string | string[]): string {
  const [, charset = 'utf-8'] = CHARSET.exec([contentType ?? ''].flat()[0] ?? '') ?? [];
  if (isUtf8(bytes) && !WIDE.test(charset)) return bytes.toString('utf8');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // Nobody knows that character set.
    return bytes.toString('utf8');
  }
}

/** True for a text of which hardly anything could be read as characters. */
export function isGarbled(text: string): boolean {
  return (text.match(REPLACED) ?? []).length > text.length * MOST_REPLACED;
}
