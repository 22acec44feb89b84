import { customerIdOf, phoneOf } from '@app/contracts';
import { type Envelope, ignored, isUnidentified, senderNameOf } from '../event-builder';
import type { EventOrigin, IgnoredEvent } from '../gateway-event';
import { firstMessageId } from '../identity/message-id';
import { type NoParties, type Parties, partiesOf } from '../identity/parties';
import { firstId, type JsonObject, objectOf, textOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';

/** What customers' ids begin with on the messengers that write a chat as a bare number; WhatsApp's have a suffix. */
const NUMBERED: Readonly<Record<string, string>> = { v3: 'max', max: 'max', telegram: 'tg' };

const GROUPS: ReadonlySet<string | null> = new Set(['group', 'supergroup']);

/** The account is the instance, which is one phone on one messenger. */
export function originOf({ instanceData }: JsonObject): EventOrigin {
  return { gateway: 'green-api', account: firstId(objectOf(instanceData).idInstance), companyId: null };
}

/**
 * Finds the customer of a notification, in whichever direction its message went; ignored if there is none.
 *
 * @param senderData `chatId` is the customer's in both directions; `sender` is who has written.
 */
export function readEnvelope(
  notification: JsonObject,
  senderData: JsonObject,
  fromMe: boolean,
): Envelope | IgnoredEvent {
  const origin = originOf(notification);
  const parties = partiesIn(notification, senderData, fromMe);
  if (isUnidentified(parties)) return ignored(origin, parties, ['chatId']);
  const { senderName, senderContactName, senderPhoneNumber } = senderData;
  const { customer, sender } = parties;
  // 0 is a hidden phone.
  const phone =
    fromMe || sender !== null ? null : phoneOf(customerIdOf(firstId(senderPhoneNumber) ?? '') ?? '');
  return {
    ...origin,
    ...parties,
    messageId: firstMessageId(notification.idMessage),
    timestampMs: timestampMsOf(notification.timestamp),
    senderName: fromMe ? null : senderNameOf(senderName, senderContactName),
    ...(phone !== null && phone !== customer && { phone }),
  };
}

function partiesIn(
  { instanceData }: JsonObject,
  { chatId, sender, chatType, senderType }: JsonObject,
  fromMe: boolean,
): Parties | NoParties {
  const { wid, typeInstance } = objectOf(instanceData);
  const kind = Object.entries(NUMBERED).find(([name]) => name === typeInstance)?.[1];
  if (kind === undefined) return partiesOf({ chat: [chatId], sender: [sender], own: [wid] });
  if (textOf(chatType) === 'channel') return 'channel';
  // Two bots that answer each other would never end.
  if (textOf(senderType) === 'bot' && !fromMe) return 'service';
  const chat = firstId(chatId);
  // A receipt has no type of its chat.
  const isGroup = GROUPS.has(textOf(chatType)) || chat?.startsWith('-') === true;
  const customer = customerIdOf(`${isGroup ? `${kind}-group` : kind}:${chat ?? ''}`);
  if (chat === null || customer === null) return 'invalid-customer';
  const member = isGroup ? customerIdOf(`${kind}:${firstId(sender) ?? ''}`) : null;
  return { customer, sender: member, aliases: [], chatId: chat };
}
