import { ignored, isUnidentified } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { partiesOf } from '../identity/parties';
import { type JsonObject, listOf, objectOf } from '../json/json';
import { presenceEvent } from '../presence';
import type { WahaContext } from './waha.envelope';

/** Reads `presence.update`: one chat; in a group, several members who type. */
export function readPresences({ origin, own }: WahaContext, payload: JsonObject): GatewayEvent[] {
  return listOf(payload.presences).map((presence) => {
    const { participant, lastKnownPresence } = objectOf(presence);
    const parties = partiesOf({ chat: [payload.id], sender: [participant], own });
    if (isUnidentified(parties)) return ignored(origin, parties);
    const envelope = { ...origin, ...parties, messageId: null, timestampMs: null, senderName: null };
    return presenceEvent(envelope, lastKnownPresence);
  });
}
