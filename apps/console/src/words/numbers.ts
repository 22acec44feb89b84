/** Whole numbers in a language's own way. */
export function numbersOf(locale: string): (value: number) => string {
  const format = new Intl.NumberFormat(locale);
  return (value) => format.format(value);
}
