import { anonymous, emojiOf, ignored } from '../event-builder';
import type { GatewayEvent } from '../gateway-event';
import { firstId, firstText, isJsonObject, type JsonObject, listOf, objectOf } from '../json/json';
import { messageIdOf, originOf, readTelegramMessage } from './telegram.envelope';
import { readEdit, readMessage } from './telegram.message';
import { readPress } from './telegram.press';

/** The kinds of update that are read; Telegram is asked for these alone. */
const READERS: Readonly<Record<string, (content: JsonObject) => GatewayEvent | GatewayEvent[]>> = {
  message: readMessage,
  edited_message: readEdit,
  business_connection: ({ id }) => ({
    ...anonymous(originOf(id)),
    kind: 'system',
    change: 'other',
    newCustomer: null,
  }),
  business_message: readMessage,
  edited_business_message: readEdit,
  deleted_business_messages: readDeletions,
  callback_query: readPress,
  message_reaction: readReaction,
  my_chat_member: readMembership,
};

/** What `setWebhook` is given as `allowed_updates`. */
export const TELEGRAM_UPDATES: readonly string[] = Object.keys(READERS);

/** Posts of channels, which have no listener. */
const CHANNEL_POSTS = ['channel_post', 'edited_channel_post'];

/** Reads an update: `{update_id, <one kind>: {…}}`. */
export function readTelegram(payload: unknown): GatewayEvent[] {
  const update = objectOf(payload);
  const [kind, read] = Object.entries(READERS).find(([name]) => isJsonObject(update[name])) ?? [];
  if (kind !== undefined && read !== undefined) return [read(objectOf(update[kind]))].flat();
  if (CHANNEL_POSTS.some((name) => isJsonObject(update[name]))) return [ignored(originOf(null), 'channel')];
  // Other kinds come to a bot that another program has registered.
  const isOther = firstId(update.update_id) !== null && Object.values(update).some(isJsonObject);
  return [
    isOther ? ignored(originOf(null), 'other-event') : ignored(originOf(null), 'malformed', ['update_id']),
  ];
}

/** Reads `deleted_business_messages`: several at once, the business's own among them, and not who deleted them. */
function readDeletions(deletion: JsonObject): GatewayEvent | GatewayEvent[] {
  const { chat, message_ids } = deletion;
  const read = readTelegramMessage(deletion, chat);
  if ('kind' in read) return read;
  if (!Array.isArray(message_ids))
    return { ...read.envelope, kind: 'ignored', reason: 'malformed', fields: ['message_ids'] };
  const envelope = { ...read.envelope, senderName: null };
  return message_ids.map((number): GatewayEvent => {
    const targetId = messageIdOf(chat, number);
    return targetId === null
      ? { ...envelope, kind: 'ignored', reason: 'malformed', fields: ['message_ids'] }
      : { ...envelope, kind: 'revoke', targetId, fromMe: false };
  });
}

/** Reads `message_reaction`: all reactions of one person to one message, as they are now. */
function readReaction(reaction: JsonObject): GatewayEvent {
  const { chat, message_id, user, actor_chat, new_reaction } = reaction;
  const read = readTelegramMessage({ ...reaction, sender_chat: actor_chat }, user);
  if ('kind' in read) return read;
  const first = objectOf(listOf(new_reaction)[0]);
  return {
    ...read.envelope,
    kind: 'reaction',
    messageId: null,
    fromMe: false,
    targetId: messageIdOf(chat, message_id),
    // One that is a picture has a type and no emoji.
    text: emojiOf(first.emoji, firstText(first.type)),
  };
}

/** Reads `my_chat_member`: the customer blocks the bot or lets it in again, a group takes it in or throws it out. */
function readMembership(change: JsonObject): GatewayEvent {
  const read = readTelegramMessage(change);
  return 'kind' in read ? read : { ...read.envelope, kind: 'system', change: 'other', newCustomer: null };
}
