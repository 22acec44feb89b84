import ipaddr from 'ipaddr.js';

/** All of IPv6 that the internet routes (RFC 4291, IANA's registry): any other address is local, a translation or unassigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** The interface id of ISATAP (RFC 5214): an IPv4 address follows, of either scope. */
const ISATAP = [0x0000, 0x0200];

/**
 * True for an IP address that the internet can reach, false for any other: loopback, private, link-local (where clouds
 * keep their metadata), unique local, carrier-grade NAT, and an IPv6 address that stands for such an IPv4 address.
 *
 * @returns null for a name, which has no address before it is looked up.
 */
export function isPublicAddress(host: string): boolean | null {
  if (isLocalhost(host)) return false;
  // An IPv6 address stands in brackets in a URL.
  const text = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isRouted(address as ipaddr.IPv6));
}

/** `localhost` and the names below it are loopback by name, whatever a resolver says (RFC 6761). */
export function isLocalhost(host: string): boolean {
  return /(?:^|\.)localhost\.?$/i.test(host);
}

function isRouted(address: ipaddr.IPv6): boolean {
  const [, , , , scope = 0, mark] = address.parts;
  const isIsatap = ISATAP.includes(scope) && mark === 0x5efe;
  return address.match(GLOBAL_UNICAST) && !isIsatap;
}
