import { bodyOf } from '../answer/bot-answer';
import { objectIn, objectOf, wordsIn } from '../answer/json';
import { ODD, said } from '../answer/reading';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';

/** Flowise: a chatflow, an agentflow or an assistant, by `POST …/api/v1/prediction/<id>` (docs/bots/flowise.md). */
export const flowise: BotPreset = {
  name: 'flowise',
  title: 'Flowise',
  needs: [],
  path: { shape: /\/prediction\/[^/]+$/, expected: '/prediction/<id>' },
  takesEvents: false,
  keepsState: false,
  call: ({ message, connection: { url, key } }) => ({
    url,
    headers: bearer(key),
    body: {
      question: wordsOf(message),
      streaming: false,
      // Its memory goes by the session, its list of chats by the other; older versions know one of them only.
      chatId: message.conversationId,
      overrideConfig: { sessionId: message.conversationId },
    },
  }),
  read: (answer) => {
    const { text, json } = objectIn(bodyOf(answer));
    // A flow with a structured output leaves `text` empty.
    const { reply, text: structured } = objectOf(json);
    const words = wordsIn(text) ?? wordsIn(reply) ?? wordsIn(structured);
    return words === null ? ODD : said([words]);
  },
};
