import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { chatCompletions } from './chat-completions';
import type { OpenAiInterface } from './openai-interface';
import { responses } from './responses';

/** OpenAI and whatever speaks as it does: chat completions, and responses where the address ends with that (docs/bots/openai.md). */
export const openai: BotPreset = {
  name: 'openai',
  title: 'OpenAI and compatible',
  needs: ['BOT_MODEL'],
  path: { shape: /\/(?:chat\/completions|responses)\/?$/, expected: '/chat/completions or /responses' },
  takesEvents: false,
  keepsState: true,
  call: (turn) => {
    const { url, key } = turn.connection;
    return { url, headers: bearer(key), body: spokenAt(url).body(turn) };
  },
  read: (answer, turn) => spokenAt(turn.connection.url).read(answer, turn),
  isStateLost: (answer) => responses.isStateLost?.(answer) ?? false,
};

function spokenAt({ pathname }: URL): OpenAiInterface {
  return /\/responses\/?$/.test(pathname) ? responses : chatCompletions;
}
