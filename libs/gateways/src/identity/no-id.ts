import { LONGEST_ID } from '../json/json';

/** The words that programs write for a missing value, as the whole of an id. */
const MISSING = /^(?:null|undefined|none|nil|nan|n\/a|no value|unknown|empty|true|false)$/i;
/** The words among them that are not part of a valid id either, for example of a composed one: `79001234567_undefined`. */
const MISSING_PART = /(?:^|[^\p{L}\p{N}])(?:null|undefined|nan)(?:$|[^\p{L}\p{N}])|\[object \w+\]/iu;
/** A place in a template that was not filled in: `{{id}}`, `${id}`, `#{id}`, `<%= id %>`, `{id}`, `<id>`, `%id%`, `$id`. */
const TEMPLATE = /\{\{|[$#]\{|<%|\{%|^(?:\{[\w.\s]*\}|<[\w.\s]*>|\[\[[\w.\s]*\]\]|%[\w.]+%|\$[a-z_][\w.]*)$/i;
/** A counter that has not begun, and the UUID that stands for none. */
const NIL = /^(?:0+|0{8}-0{4}-0{4}-0{4}-0{12})$/;
/** A chat's id in place of the message's own. */
const CHAT = /^[^@\s]+@(?:c\.us|s\.whatsapp\.net|lid|g\.us|broadcast|newsletter)$/i;

/**
 * True for a value that names no message, although it is in the place of an id: blank, `null` as text, a template that
 * was never filled in, a number too large to be exact.
 *
 * All messages that share such a value would be one message, and all but the first lost as its duplicates; to reject a
 * real id only leaves a redelivery unrecognised. So a doubtful value counts as no id.
 */
export function isNoId(value: unknown): boolean {
  // JSON's larger numbers are rounded, so that neighbours become one.
  if (typeof value === 'number') return !Number.isSafeInteger(value) || value <= 0;
  if (typeof value !== 'string') return value === null || value === undefined;
  // Its readers refuse it for its length.
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
