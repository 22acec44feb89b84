import { defineSettings, List, OptionalText, OptionalUrl } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class MaxVariables {
  @List('MAX shows one of these with every update: the `secret` of the subscription.', {
    shape: /^[\w-]{8,256}$/,
    expected: '8 to 256 letters, digits, dashes or underscores',
    otherwise: notShownBy('MAX'),
  })
  MAX_WEBHOOK_SECRET: readonly string[] = [];

  @OptionalText("The bot's token: replies go out with it.", {
    ...TOKEN,
    otherwise: WITHOUT_SENDER,
    company: 'accounts.token',
  })
  MAX_BOT_TOKEN?: string;

  @OptionalUrl('The Bot API of MAX.', { company: 'accounts.url' })
  MAX_API_URL = 'https://platform-api2.max.ru';
}

export const maxSettings = defineSettings('max', MaxVariables, (env): GatewaySettings => ({
  secrets: env.MAX_WEBHOOK_SECRET,
  sender: env.MAX_BOT_TOKEN === undefined ? null : senderOf(env.MAX_API_URL, env.MAX_BOT_TOKEN),
}));
