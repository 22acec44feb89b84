import { evolutionSender } from './evolution/evolution.sender';
import { metaSender } from './meta/meta.sender';
import type { GatewayName } from './registry';
import type { Sender } from './sender';
import { venomSender } from './venom/venom.sender';
import { wahaSender } from './waha/waha.sender';

/** How each gateway is asked to say something. */
export const SENDERS: Readonly<Record<GatewayName, Sender>> = {
  venom: venomSender,
  meta: metaSender,
  waha: wahaSender,
  evolution: evolutionSender,
};

/** Whose sender answers messages of this source; null where nobody's does. */
export function senderName(gateway: string): GatewayName | null {
  // Forwarders of the predecessor's time post to the plain route, and are Venom's.
  if (gateway === 'generic') return 'venom';
  return Object.hasOwn(SENDERS, gateway) ? (gateway as GatewayName) : null;
}
