import { isIP } from 'node:net';

/** As Express's `trust proxy` takes it: so many proxies in a row, or those at these addresses; none where empty. */
export type TrustedProxies = number | readonly string[];

const HOPS = /^[1-9]$/;
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
const BITS: Record<number, number> = { 4: 32, 6: 128 };

/** The proxies that the entries name; null where they name none, or mix a number with addresses. */
export function trustedProxies(entries: readonly string[]): TrustedProxies | null {
  const [first = ''] = entries;
  if (entries.length === 1 && HOPS.test(first)) return Number(first);
  return entries.every((entry) => RANGES.has(entry) || isSubnet(entry)) ? entries : null;
}

/** An address, or the first one of a subnet with the number of its bits. */
function isSubnet(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const most = BITS[isIP(address)];
  if (most === undefined || rest.length > 0 || address.includes('%')) return false;
  // Not 0 bits: everybody could then say that they are somebody else.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most);
}
