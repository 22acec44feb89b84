import { splitList } from './texts';
import type { Variable } from './variable';

type Shown = Pick<Variable, 'shown' | 'standard'>;

/** A checked variable as it may be shown: numbers and flags whole, texts as their declaration allows, else that they are set. */
export function shownValue({ shown }: Shown, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'not set';
  const items = [value].flat().map(String);
  if (typeof shown === 'function') return items.map(shown).join(', ');
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || shown === 'whole';
  return isPlain ? items.join(',') : 'set';
}

/** A variable's text as it was given, before anything has checked it; null where it may not be shown. */
export function shownText({ shown, standard }: Shown, text: string): string | null {
  if (text.trim() === '') return 'empty';
  if (typeof shown === 'function')
    return Array.isArray(standard) ? splitList(text).map(shown).join(', ') : shown(text);
  // Only what has the shape of its kind: a password may have been pasted beside the wrong name.
  if (typeof standard === 'number') return /^\d{1,12}([kmg]b)?$/i.test(text) ? text : null;
  if (typeof standard === 'boolean') return /^(true|false)$/.test(text) ? text : null;
  return null;
}
