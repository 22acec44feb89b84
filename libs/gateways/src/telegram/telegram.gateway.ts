import type { Gateway } from '../gateway';
import { authenticateTelegram } from './telegram.authentication';
import { telegramExample } from './telegram.example';
import { telegramFile } from './telegram.files';
import { readTelegram } from './telegram.reader';
import { telegramSender } from './telegram.sender';
import { telegramSettings } from './telegram.settings';

/** Telegram's Bot API: bots, and business accounts that have connected one. */
export const telegram: Gateway = {
  name: 'telegram',
  title: 'Telegram',
  // A message's number counts in its chat alone, so its id begins with the chat.
  messageIds: 'per-account',
  // An answer with a field `method` would be carried out as a call of the API.
  acknowledgement: { contentType: 'text/plain', text: '' },
  // Whatever its customer writes next would wait for a day.
  refusals: { tooLarge: 200 },
  secretVariable: 'TELEGRAM_SECRET_TOKEN',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-telegram-bot-api-secret-token' },
  authenticate: authenticateTelegram,
  read: readTelegram,
  sender: telegramSender,
  files: telegramFile,
  settings: telegramSettings,
  example: telegramExample,
};
