/** What a sentence is filled with: counts, `…Ms` durations in ms, `…At` times in ms since the epoch, calls, and words. */
export type Values = Readonly<Record<string, string | number | null>>;

/** A sentence as a code and what it is filled with: whoever shows it has the words, in their reader's language. */
export interface Sentence {
  code: string;
  values: Values;
}

/** What is so and, where something is wrong or held back, what mends it. */
export interface Said {
  says: Sentence;
  mend: Sentence | null;
}

/** The words of a language. */
export interface Language {
  /** By code. `{name}` stands for a value; a part in `[…]` is left out where one of its values is null. */
  sentences: Readonly<Record<string, string>>;
  /** By `name.value`: what a value that is a code reads as, such as `reason.quiet`. */
  terms: Readonly<Record<string, string>>;
  /** By name, of values that are counts: the noun, by plural category. */
  nouns: Readonly<Record<string, Partial<Record<Intl.LDMLPluralRule, string>>>>;
}

/** The names of the values that a text asks for. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}${' ' | '"'}${string}` ? never : Name) | NamesIn<Rest>
  : never;

/** How one value is shown; whatever a page is made of. */
export type Show<T> = (name: string, value: string | number) => T;

const PART = /\[([^[\]]*)\]|\{(\w+)\}/g;

/**
 * A sentence in a language, in pieces: its words, and its values as `show` makes them.
 *
 * @returns null if the language has no such sentence.
 */
export function phrase<T>(
  { code, values }: Sentence,
  language: Language,
  show: Show<T>,
): (string | T)[] | null {
  const text = language.sentences[code];
  return text === undefined ? null : pieces(text, values, show);
}

function pieces<T>(text: string, values: Values, show: Show<T>): (string | T)[] {
  const found: (string | T)[] = [];
  let from = 0;
  for (const match of text.matchAll(PART)) {
    const [whole, optional, name = ''] = match;
    found.push(text.slice(from, match.index));
    if (optional === undefined) found.push(show(name, values[name] ?? ''));
    else if (namesIn(optional).every((each) => (values[each] ?? null) !== null))
      found.push(...pieces(optional, values, show));
    from = match.index + whole.length;
  }
  return [...found, text.slice(from)].filter((piece) => piece !== '');
}

/** The names of the values that a text asks for. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
