import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class WahaVariables {
  @Secrets('WAHA signs with one of these.', { otherwise: '`WEBHOOK_SECRET`' })
  WAHA_HMAC_KEY: readonly string[] = [];

  @OptionalUrl("Takes replies to WAHA's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  WAHA_API_URL?: string;

  @OptionalText('Sent there as `x-api-key`.', { ...TOKEN, company: 'accounts.token' })
  WAHA_API_KEY?: string;
}

export const wahaSettings = defineSettings('waha', WahaVariables, (env): GatewaySettings => ({
  secrets: env.WAHA_HMAC_KEY,
  sender: senderOf(env.WAHA_API_URL, env.WAHA_API_KEY),
}));
