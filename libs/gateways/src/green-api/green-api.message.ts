import { anonymous, echo, emojiOf, type Envelope, messageOr, unsupported } from '../event-builder';
import type { EventBase, GatewayEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { type JsonObject, objectOf, textOf } from '../json/json';
import { editedTextIn, greenApiContent, unreadableIn } from './green-api.content';
import { originOf, readEnvelope } from './green-api.envelope';

/** Who has sent a message. */
export interface Author {
  readonly fromMe: boolean;
  /** By a call, so by us; otherwise by a human, on the phone or in a browser. */
  readonly viaApi: boolean;
}

/** The types of messages in words, which are empty without any. */
const WORDS: ReadonlySet<string | null> = new Set([
  null,
  'textMessage',
  'extendedTextMessage',
  'quotedMessage',
]);

/** Reads the webhooks that bring a message: edits, deletions, reactions and votes come as messages, with ids of their own. */
export function readMessage(notification: JsonObject, author: Author): GatewayEvent {
  const data = objectOf(notification.messageData);
  const type = textOf(data.typeMessage);
  if (type === 'editedMessage' || type === 'deletedMessage')
    return readChange(notification, data, author.fromMe);
  const envelope = readEnvelope(notification, objectOf(notification.senderData), author.fromMe);
  if ('kind' in envelope) return envelope;
  if (type === 'reactionMessage') return reactionOf(envelope, data, author.fromMe);
  // A vote repeats the whole tally, and says nothing.
  if (type === 'pollUpdateMessage') return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  if (author.fromMe) return echo(envelope, greenApiContent(data), author.viaApi);
  const unreadable = unreadableIn(data);
  if (unreadable !== null) return unsupported(envelope, unreadable);
  return messageOr(
    envelope,
    greenApiContent(data),
    WORDS.has(type) ? undefined : (at) => unsupported(at, type),
  );
}

/** Reads an edit or a deletion, which its target's id leads to where nothing shows the chat. */
function readChange(notification: JsonObject, data: JsonObject, fromMe: boolean): GatewayEvent {
  const read = readEnvelope(notification, objectOf(notification.senderData), fromMe);
  const isLost = 'kind' in read && read.reason === 'invalid-customer';
  const envelope: EventBase = isLost ? anonymous(originOf(notification)) : read;
  if ('kind' in read && !isLost) return read;
  const edited = objectOf(data.editedMessageData);
  const targetId = firstMessageId(edited.stanzaId, objectOf(data.deletedMessageData).stanzaId);
  if (targetId === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['stanzaId'] };
  if (textOf(data.typeMessage) === 'deletedMessage') return { ...envelope, kind: 'revoke', targetId, fromMe };
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    text: editedTextIn(data),
    editId: envelope.messageId,
    fromMe,
  };
}

function reactionOf(
  envelope: Envelope,
  { extendedTextMessageData, quotedMessage }: JsonObject,
  fromMe: boolean,
): GatewayEvent {
  return {
    ...envelope,
    kind: 'reaction',
    targetId: firstMessageId(objectOf(quotedMessage).stanzaId),
    text: emojiOf(objectOf(extendedTextMessageData).text),
    fromMe,
  };
}
