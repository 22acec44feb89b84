import type { WindowReport } from '@app/contracts';

/** The silence of a batch as scripts keep it, `<ms> <why>`; null where there is none. */
export function windowFrom(text: string): WindowReport | null {
  const [, ms, why] = /^(\d+) (.+)$/.exec(text) ?? [];
  return ms === undefined || why === undefined ? null : { ms: Number(ms), why };
}
