import { bodyOf } from '../answer/bot-answer';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';
import { readRasa } from './rasa.reader';

/** Rasa: its REST channel, `POST …/webhooks/rest/webhook`; it keeps each sender's conversation itself (docs/bots/rasa.md). */
export const rasa: BotPreset = {
  name: 'rasa',
  title: 'Rasa',
  needs: [],
  path: { shape: /\/webhooks\/[^/]+\/webhook$/, expected: '/webhooks/rest/webhook' },
  takesEvents: false,
  keepsState: false,
  call: ({ message, connection: { url, key } }) => ({
    url,
    headers: bearer(key),
    body: {
      sender: message.conversationId,
      message: wordsOf(message),
      metadata: { phone: message.phone, companyId: message.companyId, batchId: message.batchId },
    },
  }),
  read: (answer) => readRasa(bodyOf(answer)),
};
