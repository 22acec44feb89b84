import { ignored, isUnidentified } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { partiesOf } from '../identity/parties';
import { type JsonObject, objectOf } from '../json/json';
import { presenceEvent } from '../presence';
import type { EvolutionContext } from './evolution-context';

/** Reads `presence.update`: one chat; in a group, several members who type. */
export function readPresences({ origin, own }: EvolutionContext, data: JsonObject): GatewayEvent[] {
  return Object.entries(objectOf(data.presences)).map(([participant, presence]) => {
    const parties = partiesOf({ chat: [data.id], sender: [participant], own: [own] });
    if (isUnidentified(parties)) return ignored(origin, parties);
    const envelope = { ...origin, ...parties, messageId: null, timestampMs: null, senderName: null };
    return presenceEvent(envelope, objectOf(presence).lastKnownPresence);
  });
}
