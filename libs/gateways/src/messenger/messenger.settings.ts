import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class MessengerVariables {
  @Secrets("Meta signs with one of these: the app's secret.", {
    otherwise: notShownBy('Meta'),
  })
  MESSENGER_APP_SECRET: readonly string[] = [];

  @Secrets('Meta shows one of these in its handshake.', { otherwise: 'the handshake is refused' })
  MESSENGER_VERIFY_TOKEN: readonly string[] = [];

  @OptionalText("The page's access token: replies go out with it.", {
    ...TOKEN,
    otherwise: WITHOUT_SENDER,
    company: 'accounts.token',
  })
  MESSENGER_API_TOKEN?: string;

  @OptionalUrl('The Graph API, in the version that is to be used.', { company: 'accounts.url' })
  MESSENGER_API_URL = 'https://graph.facebook.com/v23.0';
}

export const messengerSettings = defineSettings('messenger', MessengerVariables, (env): GatewaySettings => ({
  secrets: env.MESSENGER_APP_SECRET,
  handshakeTokens: env.MESSENGER_VERIFY_TOKEN,
  sender:
    env.MESSENGER_API_TOKEN === undefined ? null : senderOf(env.MESSENGER_API_URL, env.MESSENGER_API_TOKEN),
}));
