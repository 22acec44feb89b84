import { defineSettings, List, OptionalText, OptionalUrl } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class TelegramVariables {
  @List('Telegram shows one of these with every update; `npm run telegram:webhook` gives it the first.', {
    shape: /^[\w-]{8,256}$/,
    expected: '8 to 256 letters, digits, dashes or underscores',
    otherwise: notShownBy('Telegram'),
  })
  TELEGRAM_SECRET_TOKEN: readonly string[] = [];

  @OptionalText("The bot's token, as @BotFather gives it: replies go out with it.", {
    ...TOKEN,
    otherwise: WITHOUT_SENDER,
    company: 'accounts.token',
  })
  TELEGRAM_BOT_TOKEN?: string;

  @OptionalUrl('The Bot API, if it is a server of your own.', { company: 'accounts.url' })
  TELEGRAM_API_URL = 'https://api.telegram.org';
}

export const telegramSettings = defineSettings('telegram', TelegramVariables, (env): GatewaySettings => ({
  secrets: env.TELEGRAM_SECRET_TOKEN,
  sender:
    env.TELEGRAM_BOT_TOKEN === undefined ? null : senderOf(env.TELEGRAM_API_URL, env.TELEGRAM_BOT_TOKEN),
}));
