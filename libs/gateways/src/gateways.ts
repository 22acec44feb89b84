import type { Gateway } from './gateway';
import * as registered from './registry';
import type { Sender } from './sender';

/** Every gateway by its name. */
export const GATEWAYS = { ...registered } satisfies Record<string, Gateway>;

export type GatewayName = keyof typeof GATEWAYS;

/** The names, for routes, configuration and tests. */
export const GATEWAY_NAMES = Object.keys(GATEWAYS) as GatewayName[];

/** The gateway of that name; null if there is none. */
export function gatewayNamed(name: string): Gateway | null {
  return Object.hasOwn(GATEWAYS, name) ? GATEWAYS[name as GatewayName] : null;
}

/** The gateway whose sender answers messages of this source; null if there is none. */
export function answering(source: string): { readonly name: GatewayName; readonly sender: Sender } | null {
  // Forwarders for the predecessor post to the plain route, and forward from Venom.
  const gateway = gatewayNamed(source === 'generic' ? 'venom' : source);
  return gateway?.sender ? { name: gateway.name as GatewayName, sender: gateway.sender } : null;
}
