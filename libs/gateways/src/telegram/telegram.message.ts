import { customerIdOf, phoneOf } from '@app/contracts';
import { echo, messageOr, unsupported } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstId, firstText, flagOf, isJsonObject, type JsonObject, objectOf } from '../json/json';
import { timestampMsOf } from '../json/timestamp';
import { telegramContent } from './telegram.content';
import { readTelegramMessage, type TelegramMessage } from './telegram.envelope';
import { contentNameOf, isNotice } from './telegram.notices';

/** Reads `message` and `business_message`. */
export function readMessage(message: JsonObject): GatewayEvent {
  const read = readTelegramMessage(message);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  const moved = readMove(read, message);
  if (moved !== null) return moved;
  if (isNotice(message)) return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  if (fromMe) return echo(envelope, telegramContent(message), isUnmanned(message));
  const phone = ownPhoneOf(message);
  return messageOr(phone === null ? envelope : { ...envelope, phone }, telegramContent(message), (at) =>
    unsupported(at, contentNameOf(message)),
  );
}

/** Reads `edited_message` and `edited_business_message`: the whole message as it is now, under its own id. */
export function readEdit(message: JsonObject): GatewayEvent {
  const read = readTelegramMessage(message);
  if ('kind' in read) return read;
  const { envelope, fromMe } = read;
  const { messageId: targetId } = envelope;
  if (targetId === null) return { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['message_id'] };
  // Somebody's live position moves every few seconds.
  if (isJsonObject(message.location)) return { ...envelope, kind: 'ignored', reason: 'protocol', fields: [] };
  return {
    ...envelope,
    kind: 'edit',
    targetId,
    text: telegramContent(message)?.text ?? null,
    editId: null,
    timestampMs: timestampMsOf(message.edit_date) ?? envelope.timestampMs,
    fromMe,
  };
}

/** A business's bot has sent it, or Telegram in its name: a greeting, an absence, a message that was scheduled. */
function isUnmanned({ sender_business_bot, is_from_offline }: JsonObject): boolean {
  return isJsonObject(sender_business_bot) || flagOf(is_from_offline) === true;
}

/** A group has become a supergroup, which has another id; each of the two says so. */
function readMove({ envelope }: TelegramMessage, message: JsonObject): GatewayEvent | null {
  const { migrate_to_chat_id: to, migrate_from_chat_id: from } = message;
  if (to === undefined && from === undefined) return null;
  const [before, after] = [from ?? objectOf(message.chat).id, to ?? objectOf(message.chat).id].map((id) =>
    customerIdOf(`tg-group:${firstId(id) ?? ''}`),
  );
  return {
    ...envelope,
    kind: 'system',
    customer: before ?? envelope.customer,
    change: 'other',
    newCustomer: after ?? null,
  };
}

/** The phone in the card of the one who sends it. Only Telegram knows whose card it is, so another's is never taken for theirs. */
function ownPhoneOf({ contact, chat }: JsonObject): string | null {
  const { user_id, phone_number } = objectOf(contact);
  const id = firstId(user_id);
  if (id === null || id !== firstId(objectOf(chat).id)) return null;
  return phoneOf(customerIdOf(firstText(phone_number) ?? '') ?? '');
}
