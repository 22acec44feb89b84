import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en } from './en';
import { ru } from './ru';
import type { Texts } from './texts';

export type Language = 'en' | 'ru';

export const DICTIONARIES: Record<Language, Texts> = { en, ru };

const PLACE = 'rapid-fire-language';

/** As chosen here before, else as the browser prefers. */
export function languageAtFirst(): Language {
  const chosen = localStorage.getItem(PLACE);
  if (chosen === 'en' || chosen === 'ru') return chosen;
  return navigator.language.startsWith('ru') ? 'ru' : 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(PLACE, language);
}

export const WordsContext = createContext<Texts>(en);

export function useWords(): Texts {
  return useContext(WordsContext);
}

/** A span as people say it: `4.2 s`, `12 s`, `3 min`. */
export function span(words: Texts, ms: number): string {
  const s = Math.max(0, ms) / 1000;
  const decimal = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  if (s < 10) return words.seconds(decimal.format(s));
  if (s < 120) return words.seconds(String(Math.round(s)));
  if (s < 7200) return words.minutes(String(Math.round(s / 60)));
  return words.hours(String(Math.round(s / 3600)));
}

/** A time of day, seconds included. */
export function clock(words: Texts, ms: number): string {
  return new Date(ms).toLocaleTimeString(words.locale, { hour12: false });
}
