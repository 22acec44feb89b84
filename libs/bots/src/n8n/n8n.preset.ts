import { bodyOf } from '../answer/bot-answer';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { readN8n } from './n8n.reader';

/** n8n: a workflow behind a Webhook node or a Chat Trigger (docs/bots/n8n.md). */
export const n8n: BotPreset = {
  name: 'n8n',
  title: 'n8n',
  needs: [],
  takesEvents: true,
  keepsState: false,
  answersLater: true,
  tellsColleagues: true,
  call: ({ message, connection: { url, key } }) => ({
    url,
    headers: bearer(key),
    // In addition to the merged message, what a Chat Trigger takes, and an AI Agent and its memory read by themselves.
    body: {
      ...message,
      action: 'sendMessage',
      chatInput: message.text,
      sessionId: message.conversationId,
    },
  }),
  read: (answer) => readN8n(bodyOf(answer)),
};
