import type { ReplyMedia } from '@app/contracts';
import { type ChannelRules, PLAIN, type RichMessage } from '@app/replies';
import { firstMessageId } from '../identity/message-id';
import { graphFailure, type GraphErrors } from '../meta/meta.errors';
import type { GatewayCall, ReplyTarget, Sender } from '../sender';

/** How one of the two messengers differs from the other in what it takes. */
export interface MessagingLimits {
  readonly maxLength: number;
  /** In UTF-8. */
  readonly maxBytes?: number;
  /** Meta's words for the files that it takes; one that is left out goes as its address. */
  readonly files: Readonly<Partial<Record<ReplyMedia['type'], string>>>;
}

/** https://developers.facebook.com/docs/messenger-platform/error-codes */
const ERRORS: GraphErrors = {
  passing: {
    2: 'the API is overloaded or down',
    4: 'the app has made too many calls',
    32: 'the page has made too many calls',
    613: 'too many messages in a short time',
    1200: 'sending fails for the moment',
    80006: 'the page has made too many calls',
  },
  final: {
    10: 'the token lacks a permission',
    100: 'a field is wrong',
    190: 'the token has expired or was withdrawn',
    200: 'the token lacks a permission',
    368: 'the page is blocked for a violation of policy',
    551: 'the customer cannot be written to: they have blocked the page, or left',
    2018001: 'there is no such customer of this page',
    2018108: 'the customer cannot be written to: they have blocked the page, or left',
    2018278: 'more than 24 hours have passed since the customer wrote',
    2534022: 'more than 24 hours have passed since the customer wrote',
  },
};

/** https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export function senderFor({ files, ...text }: MessagingLimits): Sender {
  const channel: ChannelRules = {
    text: { ...text, notation: PLAIN },
    // A file has no caption: its text is a message of its own.
    media: { maxCaption: 0 },
    buttons: { max: 13, maxId: 1_000, maxTitle: 20, maxText: text.maxLength },
  };
  return {
    channel,
    reply: (target, message, token) =>
      call(target, token, { messaging_type: 'RESPONSE', message: contentOf(message, files) }),
    typing: (target, token) => call(target, token, { sender_action: 'typing_on' }),
    failure: (answer) => graphFailure(answer, ERRORS),
    sentId: ({ message_id }) => firstMessageId(message_id),
  };
}

function contentOf({ text, media, buttons }: RichMessage, files: MessagingLimits['files']): object {
  if (media) {
    const type = files[media.type];
    return type === undefined ? { text: media.url } : { attachment: { type, payload: { url: media.url } } };
  }
  const replies = buttons?.map(({ id, text: title }) => ({ content_type: 'text', title, payload: id }));
  return { text, ...(replies && { quick_replies: replies }) };
}

function call({ account, chatId }: ReplyTarget, token: string | null, fields: object): GatewayCall | null {
  if (account === null || token === null) return null;
  return {
    path: [account, 'messages'],
    headers: { authorization: `Bearer ${token}` },
    body: { recipient: { id: chatId }, ...fields },
  };
}
