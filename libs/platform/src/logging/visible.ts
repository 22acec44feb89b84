// Characters that a terminal acts upon, or that change the order of the text. JSON escapes only the first group.
const C0 = '\\u0000-\\u001f';
const OTHERS = '\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';
const ACTING = new RegExp(`[${C0}${OTHERS}]`, 'g');
const LEFT_BY_JSON = new RegExp(`[${OTHERS}]`, 'g');

/** A text from any source as one line that is safe to print to a terminal; `\n` and `\u001b` are spelt out. */
export function visible(text: string): string {
  return text.replace(ACTING, named);
}

/** The same for a text that is still to be written as JSON. */
export function visibleInJson(text: string): string {
  return text.replace(LEFT_BY_JSON, named);
}

function named(character: string): string {
  return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
