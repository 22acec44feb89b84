import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class InstagramVariables {
  @Secrets(
    "Meta signs with one of these: the app's secret, or with Instagram's own login the Instagram app's.",
    { otherwise: notShownBy('Meta') },
  )
  INSTAGRAM_APP_SECRET: readonly string[] = [];

  @Secrets('Meta shows one of these in its handshake.', { otherwise: 'the handshake is refused' })
  INSTAGRAM_VERIFY_TOKEN: readonly string[] = [];

  @OptionalText("The account's access token: replies go out with it.", {
    ...TOKEN,
    otherwise: WITHOUT_SENDER,
    company: 'accounts.token',
  })
  INSTAGRAM_API_TOKEN?: string;

  @OptionalUrl('The API of Instagram, in the version that is to be used.', { company: 'accounts.url' })
  INSTAGRAM_API_URL = 'https://graph.instagram.com/v23.0';
}

export const instagramSettings = defineSettings('instagram', InstagramVariables, (env): GatewaySettings => ({
  secrets: env.INSTAGRAM_APP_SECRET,
  handshakeTokens: env.INSTAGRAM_VERIFY_TOKEN,
  sender:
    env.INSTAGRAM_API_TOKEN === undefined ? null : senderOf(env.INSTAGRAM_API_URL, env.INSTAGRAM_API_TOKEN),
}));
