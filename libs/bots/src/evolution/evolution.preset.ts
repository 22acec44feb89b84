import { bodyOf } from '../answer/bot-answer';
import { objectIn, objectOf } from '../answer/json';
import { ODD, said } from '../answer/reading';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';

/** A bot that was written for Evolution API's “Evolution Bot” (docs/bots/evolution.md). */
export const evolution: BotPreset = {
  name: 'evolution',
  title: 'Evolution Bot',
  needs: [],
  takesEvents: false,
  keepsState: false,
  call: ({ message, connection: { url, key } }) => {
    const { source, metadata } = message.messages.at(-1) ?? {};
    const remoteJid = source?.chatId ?? message.conversationId;
    return {
      url,
      headers: bearer(key),
      body: {
        inputs: {
          sessionId: message.conversationId,
          remoteJid,
          pushName: objectOf(metadata).senderName ?? '',
          fromMe: false,
          instanceName: source?.account ?? '',
        },
        query: wordsOf(message),
        user: remoteJid,
      },
    };
  },
  read: (answer) => {
    const { message } = objectIn(bodyOf(answer));
    return typeof message === 'string' ? said([unquoted(message)]) : ODD;
  },
};

/** Evolution takes off one pair of quotes, which some workflows leave around a text. */
function unquoted(text: string): string {
  return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}
