/** A named piece of Lua that scripts share. What it needs and gives is checked where a script is put together. */
export interface Fragment {
  name: string;
  /** Names that must stand before it: keys, arguments, or what other fragments give. */
  needs: readonly string[];
  /** Names that what follows may use. */
  gives: readonly string[];
  lua: string;
}

/**
 * The Lua of fragments in their order.
 *
 * @param known the names that stand before the first of them.
 * @throws Error naming the fragment that comes before what it needs.
 */
export function joined(fragments: readonly Fragment[], known: readonly string[]): string[] {
  const names = new Set(known);
  return fragments.map(({ name, needs, gives, lua }) => {
    const missing = needs.filter((need) => !names.has(need));
    if (missing.length > 0) throw new Error(`The fragment ${name} needs ${missing.join(', ')} before it`);
    for (const given of gives) names.add(given);
    return lua;
  });
}

/** Those of the fragments whose names are used: by what stands behind them all, or by another one that is. */
export function used(fragments: readonly Fragment[], behind: string): Fragment[] {
  let text = behind;
  const isUsed = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
  const kept = fragments.toReversed().filter(({ gives, lua }) => {
    if (!gives.some(isUsed)) return false;
    text = `${lua}\n${text}`;
    return true;
  });
  return kept.toReversed();
}
