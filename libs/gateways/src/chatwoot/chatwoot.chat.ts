import { firstText, type JsonObject, objectOf, textOf } from '../json/json';

/** What an inbox takes of one message: 150,000 characters, or what the messenger behind it takes. */
const LONGEST_TEXTS: Readonly<Record<string, number>> = {
  Instagram: 1_000,
  FacebookPage: 2_000,
  TwilioSms: 1_600,
  Sms: 1_600,
  Whatsapp: 4_096,
  Telegram: 4_096,
  Line: 5_000,
};
const LONGEST_TEXT = 150_000;

/** `Channel::Whatsapp`. */
const CHANNEL = /^Channel::(\w{1,32})$/;
/** A conversation, `<id>`, or `<id>_<inbox's channel>`, which decides how long a text may be. */
const CHAT = /^(\d+)(?:_(\w+))?$/;

/** The channel of a conversation's inbox; null if it is not said. Instagram used to come through a Facebook page. */
export function channelNameOf({ channel, additional_attributes }: JsonObject): string | null {
  const [, name] = CHANNEL.exec(firstText(channel) ?? '') ?? [];
  const isInstagram = textOf(objectOf(additional_attributes).type) === 'instagram_direct_message';
  return name === 'FacebookPage' && isInstagram ? 'Instagram' : (name ?? null);
}

/** The chat of a conversation, with its channel if that takes less than others do. */
export function chatIdOf(conversationId: string, channel: string | null): string {
  return channel !== null && Object.hasOwn(LONGEST_TEXTS, channel)
    ? `${conversationId}_${channel}`
    : conversationId;
}

/** The conversation that {@link chatIdOf} has named, and how long a text there may be. */
export function destinationOf(chatId: string): { conversationId: string; maxLength: number } {
  const [, conversationId = chatId, channel = ''] = CHAT.exec(chatId) ?? [];
  const maxLength = Object.hasOwn(LONGEST_TEXTS, channel) ? LONGEST_TEXTS[channel] : undefined;
  return { conversationId, maxLength: maxLength ?? LONGEST_TEXT };
}
