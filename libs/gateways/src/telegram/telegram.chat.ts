import { firstId, flagOf, type JsonObject, objectOf } from '../json/json';

/** Where a call of the Bot API sends something. */
export interface Destination {
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
  readonly direct_messages_topic_id?: number;
}

/**
 * A chat, `<id>`; one of its topics, `<id>_<topic>`, as Telegram's web client writes it; or what one customer writes to a channel
 * directly, `<id>_dm<customer>`.
 */
const CHAT = /^(-?\d{1,16})(?:_(dm)?(\d{1,16}))?$/;

/** The topic in which a message was written, or the customer who has written to a channel directly; null if it was in none. */
export function topicOf(message: JsonObject): string | null {
  const { is_topic_message, message_thread_id } = message;
  // A thread of answers has a number too, and is no topic.
  return flagOf(is_topic_message) === true ? topicIdIn(message_thread_id) : writerToChannel(message);
}

/** The customer who writes to a channel directly: each has a topic that is named by their own id. */
export function writerToChannel({ direct_messages_topic }: JsonObject): string | null {
  return topicIdIn(objectOf(direct_messages_topic).topic_id);
}

/** The chat that a reply to a message goes to. */
export function chatIdOf(message: JsonObject): string | null {
  const id = firstId(objectOf(message.chat).id);
  const topic = topicOf(message);
  if (id === null || topic === null) return id;
  return `${id}_${topic === writerToChannel(message) ? 'dm' : ''}${topic}`;
}

/** The destination that {@link chatIdOf} has named. */
export function destinationOf(chatId: string): Destination {
  const [, chat, isDirect, topic] = CHAT.exec(chatId) ?? [];
  if (chat === undefined) return { chat_id: chatId };
  if (topic === undefined) return { chat_id: Number(chat) };
  return {
    chat_id: Number(chat),
    [isDirect ? 'direct_messages_topic_id' : 'message_thread_id']: Number(topic),
  };
}

function topicIdIn(value: unknown): string | null {
  const id = firstId(value);
  return id !== null && /^[1-9]\d{0,15}$/.test(id) ? id : null;
}
