import { numbersOf } from './numbers';

export const count = numbersOf('en');

/** One window, two windows. */
export function counted(howMany: number, one: string, many: string): string {
  return `${count(howMany)} ${howMany === 1 ? one : many}`;
}
