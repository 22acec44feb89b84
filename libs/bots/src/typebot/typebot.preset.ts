import { bodyOf } from '../answer/bot-answer';
import { objectOf, wordsIn } from '../answer/json';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';
import { readTypebot } from './typebot.reader';

/** Typebot: `POST …/startChat` opens a session, `POST …/continueChat` goes on with it (docs/bots/typebot.md). */
export const typebot: BotPreset = {
  name: 'typebot',
  title: 'Typebot',
  needs: [],
  path: { shape: /\/typebots\/[^/]+\/startChat$/, expected: '/typebots/<public id>/startChat' },
  takesEvents: false,
  keepsState: true,
  call: ({ message, state, connection: { url, key } }) => {
    const sessionId = wordsIn(objectOf(state).sessionId);
    return {
      url: sessionId === null ? url : continuing(url, sessionId),
      headers: bearer(key),
      body: {
        // A flow that begins with a question takes the customer's first words as its answer, any other begins by itself.
        message: { type: 'text', text: wordsOf(message) },
        textBubbleContentFormat: 'markdown',
      },
    };
  },
  read: (answer, { state }) => readTypebot(bodyOf(answer), wordsIn(objectOf(state).sessionId)),
  // A session has an age there too.
  isStateLost: ({ status }) => status === 404,
};

/** `…/api/v1/typebots/<public id>/startChat` → `…/api/v1/sessions/<session>/continueChat`. */
function continuing({ href }: URL, sessionId: string): URL {
  return new URL(`../../sessions/${encodeURIComponent(sessionId)}/continueChat`, href);
}
