const SHARE = Number(process.env.SHORT_FORM ?? 1);

/** True in `npm test`, where somebody waits for the result. */
export const IS_SHORT = SHARE < 1;

/** A number of tries or entries; `npm test` asks for a share of it. */
export function inShort(whole: number): number {
  return Math.ceil(whole * SHARE);
}
