import { numbersOf } from './numbers';

export const count = numbersOf('ru');
const plural = new Intl.PluralRules('ru');

/** Одно окно, два окна, пять окон. */
export function counted(howMany: number, one: string, few: string, many: string): string {
  const form = plural.select(howMany);
  return `${count(howMany)} ${form === 'one' ? one : form === 'few' ? few : many}`;
}
