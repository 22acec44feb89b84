import { type Sentence, type Show, phrase } from '@app/contracts';
import type { Texts } from './texts';
import { clock, length, moment } from './words';

/** Values that are batches' ids: the beginning is enough to tell them apart, and stays in one line. */
const IDS: readonly string[] = ['supersedes', 'replayOf'];
const LONG_ID = /\bb-(\w{6})[\w-]*/g;

/** A value of a sentence in the language of the page: local times, counted nouns, terms. */
export function shown(words: Texts, name: string, value: string | number): string {
  const { terms, nouns } = words.sentences;
  const term = terms[`${name}.${value}`];
  if (term !== undefined) return term;
  if (typeof value === 'string' && IDS.includes(name)) return value.replace(LONG_ID, 'b\u2011$1');
  if (typeof value === 'string') return value;
  if (name.endsWith('Ms')) return length(words, value);
  if (name === 'dueAt') return clock(words, value);
  if (name.endsWith('At')) return moment(words, value, Date.now());
  const forms = nouns[name];
  const count = new Intl.NumberFormat(words.locale).format(value);
  if (forms === undefined) return count;
  return `${count} ${forms[new Intl.PluralRules(words.locale).select(value)] ?? forms.other ?? ''}`;
}

/** A sentence in the language of the page; what a later version says, as the server says it. */
export function saidIn<T>(
  words: Texts,
  sentence: Sentence | null | undefined,
  otherwise: string,
  show: Show<T>,
): readonly (string | T)[] {
  return (sentence && phrase(sentence, words.sentences, show)) ?? [otherwise];
}
