import { type ChannelRules, PLAIN, WHATSAPP } from '@app/replies';
import { firstMessageId } from '../identity/message-id';
import type { GatewayCall, Sender } from '../sender';
import { twilioFailure } from './twilio.errors';
import { businessAddress, isOnWhatsApp } from './twilio.parties';

const LONGEST_TEXT = 1_600;

/** Quick replies would need a template that WhatsApp has approved. */
const ON_WHATSAPP: ChannelRules = {
  text: { maxLength: LONGEST_TEXT, notation: WHATSAPP },
  media: { maxCaption: 1_024 },
};

/** Most countries have no MMS. */
const BY_SMS: ChannelRules = { text: { maxLength: LONGEST_TEXT, notation: PLAIN } };

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export const twilioSender: Sender = {
  channel: ON_WHATSAPP,
  channelOf: ({ chatId }) => (isOnWhatsApp(chatId) ? ON_WHATSAPP : BY_SMS),
  reply: ({ account, chatId }, { text, media }, token) => {
    if (account === null || token === null) return null;
    return call(['2010-04-01', 'Accounts', sidIn(token), 'Messages.json'], token, {
      To: chatId,
      From: businessAddress(account, chatId),
      ...(text !== '' && { Body: text }),
      ...(media && { MediaUrl: media.url }),
    });
  },
  // It belongs to a message, which it also marks as read; Twilio ends it with the reply, or after 25 s.
  typing: ({ chatId, messageId }, token) =>
    token === null || messageId === null || !isOnWhatsApp(chatId)
      ? null
      : call(['v2', 'Indicators', 'Typing.json'], token, { channel: 'whatsapp', messageId }),
  failure: twilioFailure,
  sentId: ({ sid }) => firstMessageId(sid),
};

/** The token is the account's SID and its auth token, as Basic has them. */
function sidIn(token: string): string {
  return token.slice(0, token.indexOf(':'));
}

function call(path: readonly string[], token: string, body: Record<string, string>): GatewayCall {
  const basic = Buffer.from(token).toString('base64');
  return { path, headers: { authorization: `Basic ${basic}` }, body, bodyFormat: 'form' };
}
