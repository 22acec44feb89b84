import { firstId, flagOf, type JsonObject, objectOf } from '../json/json';

/** Where a message is to be sent. */
export interface Place {
  readonly chat: number | string;
  /** A topic of the chat. */
  readonly thread: number | null;
}

/** A chat, `<id>` or, for one of its topics, `<id>_<topic>`, as Telegram's web client writes them. */
const CHAT = /^(-?\d{1,16})(?:_(\d{1,16}))?$/;

/** The topic in which a message was written; null if it was in none. */
export function topicOf({ is_topic_message, message_thread_id }: JsonObject): string | null {
  // A thread of answers has a number too, and is no topic.
  return flagOf(is_topic_message) === true ? topicIdIn(message_thread_id) : null;
}

/** The chat that a reply to a message goes to. */
export function chatIdOf(message: JsonObject): string | null {
  const id = firstId(objectOf(message.chat).id);
  const topic = topicOf(message);
  return id === null || topic === null ? id : `${id}_${topic}`;
}

/** The place that {@link chatIdOf} has named. */
export function placeOf(chatId: string): Place {
  const [, chat, thread] = CHAT.exec(chatId) ?? [];
  if (chat === undefined) return { chat: chatId, thread: null };
  return { chat: Number(chat), thread: thread === undefined ? null : Number(thread) };
}

function topicIdIn(value: unknown): string | null {
  const id = firstId(value);
  return id !== null && /^[1-9]\d{0,15}$/.test(id) ? id : null;
}
