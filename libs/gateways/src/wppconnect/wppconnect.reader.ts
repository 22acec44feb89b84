import { echo, ignored, isUnidentified, messageOr, unsupported } from '../event-builder';
import type { EventOrigin, GatewayEvent, IgnoredEvent } from '../gateway-event';
import { isFromWebClient, stanzaOf } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { fieldOf, firstId, type JsonObject, objectOf, objectsOf, textOf } from '../json/json';
import { messageTypeOf } from '../media-reference';
import type { MessageContent } from '../message-content';
import { presenceEvent } from '../presence';
import { venomContent } from '../venom/venom.content';
import { kindByShape, readControl } from '../venom/venom.control';
import { silenceOf } from '../whatsapp-web/notices';
import { type Addressed, addressed, jidOf } from './wppconnect.envelope';

type Reader = (origin: EventOrigin, data: JsonObject) => GatewayEvent | GatewayEvent[];

/** What its server posts of conversations; all else is of its session, of calls, labels, polls and members. */
const READERS: Readonly<Record<string, Reader>> = {
  onmessage: acting(readMessage),
  onselfmessage: acting(readMessage),
  unreadmessages: acting(readUnread),
  onack: acting(readAck),
  onreactionmessage: acting((found, data) => readControl('reaction', data, found.envelope, found.fromMe)),
  onrevokedmessage: acting(readRevoked),
  onpresencechanged: readPresences,
};

/** Reads `{event, session, …data}`. A field of that name in the data takes the place of either. */
export function readWppconnect(payload: unknown): GatewayEvent[] {
  const data = objectOf(payload);
  const origin: EventOrigin = { gateway: 'wppconnect', account: firstId(data.session), companyId: null };
  const name = textOf(data.event)?.toLowerCase();
  if (name === undefined) return [ignored(origin, 'malformed', ['event'])];
  const read = fieldOf(READERS, name) as Reader | undefined;
  return read === undefined ? [ignored(origin, 'other-event')] : [read(origin, data)].flat();
}

/** A reader of data that name a chat. */
function acting(read: (found: Addressed, data: JsonObject) => GatewayEvent): Reader {
  return (origin, data) => {
    const found = addressed(origin, data);
    return 'kind' in found ? found : read(found, data);
  };
}

function readMessage(found: Addressed, data: JsonObject): GatewayEvent {
  const { envelope, fromMe } = found;
  const kind = kindByShape(data);
  if (kind === 'revoke' || kind === 'reaction' || kind === 'other')
    return readControl(kind, data, envelope, fromMe);
  if (silenceOf(data.type) === 'undecrypted') return notRead(found, 'undecrypted');
  if (fromMe) return echo(envelope, contentIn(data), isFromWebClient(envelope.messageId));
  const isKnown = data.type === undefined || messageTypeOf(data.type) !== null;
  return messageOr(envelope, contentIn(data), isKnown ? undefined : (at) => unsupported(at, data.type));
}

/** With `uploadS3` its server puts files where the bot can fetch them. */
function contentIn(data: JsonObject): MessageContent | null {
  return venomContent({ ...data, mediaUrl: data.fileUrl ?? data.mediaUrl });
}

/** After its start: what is loaded of each unread chat, our own words among it, which are no new answer. */
function readUnread(found: Addressed, data: JsonObject): GatewayEvent {
  return found.fromMe ? notRead(found, 'history') : readMessage(found, data);
}

/** It has text, type and sender like a message. That we have read a customer's is no receipt. */
function readAck(found: Addressed, data: JsonObject): GatewayEvent {
  const { envelope, fromMe } = found;
  return fromMe ? readControl('status', data, envelope, fromMe) : notRead(found, 'other-event');
}

/** `id` is the notice's own; `refId` is what was taken back. */
function readRevoked({ envelope, fromMe }: Addressed, { refId }: JsonObject): GatewayEvent {
  const targetId = stanzaOf(refId);
  if (targetId === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['refId'] };
  return { ...envelope, kind: 'revoke', targetId, fromMe };
}

/** In a group, each member who types. */
function readPresences(origin: EventOrigin, { id, state, participants }: JsonObject): GatewayEvent[] {
  const members = objectsOf(participants);
  const typing = members.length > 0 ? members : [{ id: null, state }];
  return typing.map((member) => {
    const parties = partiesOf({ chat: [jidOf(id)], sender: [jidOf(member.id)] });
    if (isUnidentified(parties)) return ignored(origin, parties, ['id']);
    const envelope = { ...origin, ...parties, messageId: null, timestampMs: null, senderName: null };
    return presenceEvent(envelope, member.state);
  });
}

function notRead({ envelope }: Addressed, reason: IgnoredEvent['reason']): IgnoredEvent {
  return { ...envelope, kind: 'ignored', reason, fields: [] };
}
