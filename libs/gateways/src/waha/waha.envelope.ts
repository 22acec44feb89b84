import type { CompanyId } from '@app/contracts';
import { readCompanyId } from '../company-id';
import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { messageIdOf } from '../identity/message-id';
import { partiesOf } from '../identity/parties';
import { firstId, flagOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { firstTimestampMs } from '../json/timestamp';
import { keyOf, keyOfInfo, type MessageKey } from '../whatsapp-web/key';

/** The data around the payload of a WAHA event. */
export interface WahaContext {
  readonly origin: EventOrigin;
  /** Every id of the session's own account. */
  readonly own: readonly unknown[];
  /** The session's metadata: its user's own notes. */
  readonly metadata: JsonObject;
  /** When WAHA posted; the only time of an edit under WEBJS. */
  readonly postedAt: unknown;
}

/** A message of WAHA's with its chat found. */
export interface WahaMessage {
  readonly envelope: Envelope;
  readonly fromMe: boolean;
}

/** Reads the data around the payload; the company is the one that the session's metadata names. */
export function contextOf(envelope: JsonObject): WahaContext {
  const me = objectOf(envelope.me);
  const metadata = objectOf(envelope.metadata);
  return {
    origin: { gateway: 'waha', account: firstId(envelope.session), companyId: companyIn(metadata) },
    own: [me.id, me.lid, me.jid],
    metadata,
    postedAt: envelope.timestamp,
  };
}

/**
 * Finds a message's customer; ignored if there is none.
 *
 * The chat in the message's id is the one that all engines agree on: `from` of our own message is the customer
 * under NOWEB and GOWS, and ourselves under WEBJS.
 */
export function readWahaMessage(
  { origin, own }: WahaContext,
  payload: JsonObject,
): WahaMessage | IgnoredEvent {
  const id = messageIdOf(payload.id);
  const key = engineKeyOf(objectOf(payload._data));
  const fromMe = flagOf(payload.fromMe) ?? id?.fromMe ?? key?.fromMe ?? false;
  const parties = partiesOf({
    chat: [id?.chat, fromMe ? payload.to : payload.from, ...(key?.chat ?? [])],
    sender: [payload.participant, id?.participant, payload.author, ...(key?.sender ?? [])],
    own,
  });
  if (isUnidentified(parties)) return ignored(origin, parties);
  const { pushName, notifyName, Info } = objectOf(payload._data);
  return {
    fromMe,
    envelope: {
      ...origin,
      ...parties,
      messageId: id?.stanza ?? key?.id ?? null,
      timestampMs: firstTimestampMs(payload.timestamp, objectOf(Info).Timestamp),
      senderName: fromMe ? null : senderNameOf(pushName, objectOf(Info).PushName, notifyName),
    },
  };
}

/** NOWEB provides a key of Baileys, GOWS an `Info` of whatsmeow; WEBJS has nothing beyond the payload. */
function engineKeyOf(data: JsonObject): MessageKey | null {
  if (isJsonObject(data.key)) return keyOf(data.key);
  return isJsonObject(data.Info) ? keyOfInfo(data.Info) : null;
}

function companyIn(metadata: JsonObject): CompanyId | null {
  const company = readCompanyId(metadata.companyId ?? metadata['company.id'] ?? metadata.company_id);
  return company.valid ? company.companyId : null;
}
