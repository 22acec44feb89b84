/** A number of tries or entries; `npm test` asks for a fifth of it, because somebody waits for the result. */
export function inShort(whole: number): number {
  return Math.ceil(whole * Number(process.env.SHORT_FORM ?? 1));
}
