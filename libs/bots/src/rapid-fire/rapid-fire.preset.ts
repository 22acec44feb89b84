import { bodyOf } from '../answer/bot-answer';
import { ODD } from '../answer/reading';
import { bearer } from '../bearer';
import type { BotPreset } from '../preset';

/** Our own contract: the merged message out, `{"reply": "…"}` back (docs/bot.md). */
export const rapidFire: BotPreset = {
  name: 'rapid-fire',
  title: 'A bot of your own',
  needs: [],
  takesEvents: true,
  keepsState: false,
  answersLater: true,
  tellsColleagues: true,
  call: ({ message, connection: { url, key } }) => ({ url, headers: bearer(key), body: message }),
  read: (answer) => {
    const body = bodyOf(answer);
    return body.form === 'json' ? { kind: 'said', answer: body.value } : ODD;
  },
};
