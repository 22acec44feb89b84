import ipaddr from 'ipaddr.js';

/**
 * True for an IP address that the internet can reach, false for any other: loopback, private, link-local (where clouds
 * keep their metadata), unique local, carrier-grade NAT, and what stands for an IPv4 address inside IPv6.
 *
 * @returns null for a name, which has no address before it is looked up.
 */
export function isPublicAddress(host: string): boolean | null {
  // An IPv6 address stands in brackets in a URL.
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(address)) return null;
  return ipaddr.process(address).range() === 'unicast';
}
