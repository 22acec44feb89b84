import { STYLED } from '@app/replies';
import { firstId, objectOf } from '../json/json';
import { failureByStatus } from '../send-failure';
import type { GatewayCall, Sender } from '../sender';
import { HTML, htmlOf } from './max.html';
import { callbackIdOf } from './max.press';

/** https://dev.max.ru/docs-api */
export const maxSender: Sender = {
  channel: {
    // Whether it counts the marks is not documented, so they are counted.
    text: { maxLength: 4_000, notation: STYLED, additions: HTML },
    buttons: { max: 8, maxId: 1_024, maxTitle: 128, maxText: 4_000 },
  },
  reply: ({ chatId }, { text, styles, buttons }, token) => {
    const rows = buttons?.map(({ id, text: title }) => [{ type: 'callback', text: title, payload: id }]);
    const keyboard = rows && { attachments: [{ type: 'inline_keyboard', payload: { buttons: rows } }] };
    const said = styles ? { text: htmlOf(text, styles), format: 'html' } : { text };
    return call(['messages'], token, { ...said, ...keyboard }, { chat_id: chatId });
  },
  typing: ({ chatId }, token) => call(['chats', chatId, 'actions'], token, { action: 'typing_on' }),
  pressed: (messageId, token) => call(['answers'], token, {}, { callback_id: callbackIdOf(messageId) }),
  // Whatever stands in front of the API answers 5xx too, and may have passed the message on.
  failure: ({ status }) => failureByStatus(status, () => false),
  sentId: ({ message }) => firstId(objectOf(objectOf(message).body).mid),
};

function call(
  path: readonly string[],
  token: string | null,
  body: object,
  query: Readonly<Record<string, string>> = {},
): GatewayCall | null {
  return token === null ? null : { path, query, headers: { authorization: token }, body };
}
