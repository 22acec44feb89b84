import { bodyOf, jsonOf } from '../answer/bot-answer';
import { objectOf, wordsIn } from '../answer/json';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';
import { readDify } from './dify.reader';

/** Every word of a stream comes with its ids, 250 bytes of them, and a workflow tells what each of its nodes did. */
const MAX_ANSWER_BYTES = 8 * 1024 ** 2;

/** Dify: a chatbot, a chatflow or an agent, by `POST …/chat-messages` (docs/bots/dify.md). */
export const dify: BotPreset = {
  name: 'dify',
  title: 'Dify',
  needs: ['BOT_API_KEY'],
  path: { shape: /\/chat-messages$/, expected: '/chat-messages' },
  takesEvents: false,
  keepsState: true,
  maxAnswerBytes: MAX_ANSWER_BYTES,
  call: ({ message, state, connection: { url, key } }) => ({
    url,
    headers: bearer(key),
    body: {
      inputs: {},
      query: wordsOf(message),
      // Agents answer in no other mode, and proxies cut off a call that says nothing for 100 s.
      response_mode: 'streaming',
      conversation_id: wordsIn(objectOf(state).conversationId) ?? '',
      user: message.conversationId,
      auto_generate_name: false,
    },
  }),
  read: (answer) => readDify(bodyOf(answer)),
  isStateLost: ({ status, text }) =>
    status === 404 && /conversation/i.test(JSON.stringify(jsonOf(text) ?? '')),
};
