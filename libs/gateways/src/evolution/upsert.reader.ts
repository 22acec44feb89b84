import { echo, messageOr, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { isFromWebClient } from '../identity/message-id';
import { type JsonObject, objectOf } from '../json/json';
import { controlEvent } from '../whatsapp-web/acting';
import { contentOf } from '../whatsapp-web/content';
import { controlOf } from '../whatsapp-web/control';
import { hiddenTypeOf } from '../whatsapp-web/key';
import { stubSilenceOf } from '../whatsapp-web/notices';
import { addressed, type EvolutionContext } from './evolution-context';

/** Fields that are not part of what was said. */
const BESIDE_THE_POINT: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'base64',
]);

/**
 * Reads a message, received or our own. Reactions and encrypted edits come this way too. So does what was
 * sent through the API, in versions that show this only by the status of a message not sent yet.
 */
export function readUpsert(
  context: EvolutionContext,
  data: JsonObject,
  sentBy: 'api' | 'unknown' = 'unknown',
): GatewayEvent {
  const read = addressed(context, objectOf(data.key), data);
  if ('kind' in read) return read;
  const { envelope, key } = read;
  const message = objectOf(data.message);
  const fromMe = key.fromMe || sentBy === 'api';
  const control = controlOf(message);
  if (control !== null) return controlEvent(envelope, control, fromMe);
  const content = contentOf(message, data.contextInfo);
  if (fromMe)
    return echo(envelope, content, sentBy === 'api' || data.status === 'PENDING' || isFromWebClient(key.id));
  const isEmpty = Object.keys(message).every((name) => BESIDE_THE_POINT.has(name));
  const silence = isEmpty && content === null ? stubSilenceOf(data) : null;
  if (silence !== null) return { ...envelope, kind: 'ignored', reason: silence, fields: [] };
  const type = isEmpty ? hiddenTypeOf(objectOf(data.key)) : data.messageType;
  return messageOr(envelope, content, type === null ? undefined : (at) => unsupported(at, type));
}
