import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, WITHOUT_SENDER } from '../gateway-settings';

export class GowaVariables {
  @Secrets(
    'GOWA signs with one of these: its `WHATSAPP_WEBHOOK_SECRET`, whose default `secret` proves nothing.',
    {
      otherwise: notShownBy('GOWA'),
    },
  )
  GOWA_WEBHOOK_SECRET: readonly string[] = [];

  @OptionalUrl("Takes replies to GOWA's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  GOWA_API_URL?: string;

  @OptionalText('Sent there as Basic: one of the pairs of its `APP_BASIC_AUTH`.', {
    shape: /^[^\s:]+:\S+$/,
    expected: 'like user:password',
    company: 'accounts.token',
  })
  GOWA_BASIC_AUTH?: string;
}

export const gowaSettings = defineSettings('gowa', GowaVariables, (env): GatewaySettings => ({
  secrets: env.GOWA_WEBHOOK_SECRET,
  sender: senderOf(env.GOWA_API_URL, env.GOWA_BASIC_AUTH),
}));
