import { identify } from '@app/batching';
import { anonymous } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { flagOf, idTextOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { controlEvent } from '../whatsapp-web/acting';
import { protocolControlOf } from '../whatsapp-web/control';
import { addressed, type EvolutionContext } from './evolution-context';

/**
 * Reads `messages.edited`, whose data is WhatsApp's bare protocol message: an edit, but a revocation as well.
 *
 * Its key is seen with the eyes of whoever edits. When a customer does, it says `fromMe` and names *our* number;
 * then nothing but the target's id leads to the conversation. Only where the key names somebody else is the edit
 * our own, and the chat theirs. A LID may be ours or the customer's, so it names nobody.
 */
export function readEdited(context: EvolutionContext, data: JsonObject): GatewayEvent {
  const protocol = isJsonObject(data.protocolMessage) ? data.protocolMessage : data;
  const control = protocolControlOf(protocol);
  const key = objectOf(protocol.key);
  const read = addressed(context, key, protocol);
  const fromMe = flagOf(key.fromMe) ?? false;
  const customersOwn = fromMe && !namesSomebodyElse(key.remoteJid, context.own);
  if ('kind' in read && read.reason !== 'invalid-customer') return read;
  const envelope = 'kind' in read || customersOwn ? anonymous(context.origin) : read.envelope;
  return controlEvent({ ...envelope, messageId: null }, control, fromMe && !customersOwn);
}

function namesSomebodyElse(remoteJid: unknown, own: unknown): boolean {
  const remote = identify(idTextOf(remoteJid) ?? '');
  const ours = identify(idTextOf(own) ?? '');
  if (remote.kind === 'group') return true;
  return remote.kind === 'phone' && ours.kind === 'phone' && remote.id !== ours.id;
}
