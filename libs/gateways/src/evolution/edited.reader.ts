import { identify } from '@app/contracts';
import { anonymous } from '../event-builder';
import type { GatewayEvent, IgnoredEvent } from '../gateway-event';
import { flagOf, idTextOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { controlEvent } from '../whatsapp-web/acting';
import { protocolControlOf } from '../whatsapp-web/control';
import { type Addressed, addressed, type EvolutionContext } from './evolution-context';

/**
 * Reads `messages.edited`, whose data is WhatsApp's bare protocol message: an edit, but also a revocation.
 *
 * Its key is written from the editor's side. When a customer edits, it says `fromMe` and names *our* number; then
 * only the target's id leads to the conversation. Only if the key names another person is the edit our own,
 * and the chat theirs. A LID may be ours or the customer's, so it identifies no one. A group has the same id for all, and
 * the key does not say who acts in it. So this is the only event whose actor cannot be compared with the author.
 */
export function readEdited(context: EvolutionContext, data: JsonObject): GatewayEvent {
  const { protocol, key, read } = bareProtocol(context, data);
  if ('kind' in read && read.reason !== 'invalid-customer') return read;
  const customersOwn = flagOf(key.fromMe) === true && !namesSomebodyElse(key.remoteJid, context.own);
  const envelope = 'kind' in read || customersOwn ? anonymous(context.origin) : read.envelope;
  const isGroup = envelope.customer !== null && identify(envelope.customer).kind === 'group';
  const fromMe = flagOf(key.fromMe) === true && !customersOwn && !isGroup;
  return controlEvent({ ...envelope, sender: null, messageId: null }, protocolControlOf(protocol), fromMe);
}

/** Reads `send.message.update`: the account itself has edited a message through the API. */
export function readUpdatedByApi(context: EvolutionContext, data: JsonObject): GatewayEvent {
  const { protocol, read } = bareProtocol(context, data);
  if ('kind' in read) return read;
  return controlEvent({ ...read.envelope, messageId: null }, protocolControlOf(protocol), true);
}

function bareProtocol(
  context: EvolutionContext,
  data: JsonObject,
): { protocol: JsonObject; key: JsonObject; read: Addressed | IgnoredEvent } {
  const protocol = isJsonObject(data.protocolMessage) ? data.protocolMessage : data;
  const key = objectOf(protocol.key);
  return { protocol, key, read: addressed(context, key, protocol) };
}

function namesSomebodyElse(remoteJid: unknown, own: unknown): boolean {
  const remote = identify(idTextOf(remoteJid) ?? '');
  const ours = identify(idTextOf(own) ?? '');
  if (remote.kind === 'group') return true;
  return remote.kind === 'phone' && ours.kind === 'phone' && remote.id !== ours.id;
}
