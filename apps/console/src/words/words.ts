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
  if (s < 172_800) return words.hours(String(Math.round(s / 3600)));
  return words.days(String(Math.round(s / 86_400)));
}

/** The same of a span that was set or measured: `9 s`, not `9.0 s`. */
export function length(words: Texts, ms: number): string {
  const isWhole = ms < 10_000 && ms % 1000 === 0;
  return isWhole ? words.seconds(String(ms / 1000)) : span(words, ms);
}

/** A time with how far it is from now: `15:40, 12 min left`; with its day where that is another. */
export function moment(words: Texts, ms: number, now: number): string {
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { day: 'numeric', month: 'short' };
  const time = new Date(ms).toLocaleString(words.locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...day,
  });
  const away = span(words, Math.abs(ms - now));
  return `${time}, ${ms >= now ? words.left(away) : words.ago(away)}`;
}

/** A time of day, seconds included. */
export function clock(words: Texts, ms: number): string {
  return new Date(ms).toLocaleTimeString(words.locale, { hourCycle: 'h23' });
}
