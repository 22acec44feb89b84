import { LONGEST_ID } from '../json/json';

/** What programs write where a value is missing, as the whole of an id. */
const MISSING = /^(?:null|undefined|none|nil|nan|n\/a|no value|unknown|empty|true|false)$/i;
/** Those of them that are no part of an id either, as of one that somebody has put together: `79001234567_undefined`. */
const MISSING_PART = /(?:^|[^\p{L}\p{N}])(?:null|undefined|nan)(?:$|[^\p{L}\p{N}])|\[object \w+\]/iu;
/** A place in a template that nothing was put into: `{{id}}`, `${id}`, `#{id}`, `<%= id %>`, `{id}`, `<id>`, `%id%`, `$id`. */
const TEMPLATE = /\{\{|[$#]\{|<%|\{%|^(?:\{[\w.\s]*\}|<[\w.\s]*>|\[\[[\w.\s]*\]\]|%[\w.]+%|\$[a-z_][\w.]*)$/i;
/** A count that has not begun, and the UUID that stands for none. */
const NIL = /^(?:0+|0{8}-0{4}-0{4}-0{4}-0{12})$/;
/** A chat's id, put where the message's own belongs. */
const CHAT = /^[^@\s]+@(?:c\.us|s\.whatsapp\.net|lid|g\.us|broadcast|newsletter)$/i;

/**
 * True for a value that names no message, though it stands where an id belongs: blank, `null` as text, a template that
 * was never filled in, a number too large to be exact.
 *
 * All messages that share such a value would be one message, and all but the first lost as its duplicates; to take a
 * real id for none only leaves a redelivery unrecognised. So what is in doubt is no id.
 */
export function isNoId(value: unknown): boolean {
  // JSON's larger numbers are rounded, and neighbours among them become one.
  if (typeof value === 'number') return !Number.isSafeInteger(value) || value <= 0;
  if (typeof value !== 'string') return value === null || value === undefined;
  // Refused for its length by whoever reads it.
  if (value.length > LONGEST_ID) return false;
  const text = value.trim();
  const word = text.replace(/[^\p{L}\p{N}/ ]/gu, '');
  return (
    !/[\p{L}\p{N}]/u.test(text) ||
    NIL.test(text) ||
    text === '-1' ||
    [MISSING.test(word), MISSING_PART.test(text), TEMPLATE.test(text), CHAT.test(text)].includes(true)
  );
}
