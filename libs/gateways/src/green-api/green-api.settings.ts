import { defineSettings, List, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class GreenApiVariables {
  @Secrets('Green API shows one of these with every notification: the `webhookUrlToken` of the instance.', {
    otherwise: '`WEBHOOK_SECRET`, as the token',
  })
  GREEN_API_WEBHOOK_TOKEN: readonly string[] = [];

  @List(
    "The instance's `apiTokenInstance`: replies go out with it. Of several instances, each with its number: `1101000001=d75b…,1101000002=0f3c…`.",
    { ...TOKEN, otherwise: WITHOUT_SENDER, company: 'accounts.token' },
  )
  GREEN_API_TOKEN: readonly string[] = [];

  @OptionalUrl(
    "The instance's `apiUrl`, for MAX with `/v3` behind it: `https://3100.api.green-api.com/v3`.",
    {
      company: 'accounts.url',
    },
  )
  GREEN_API_URL = 'https://api.green-api.com';
}

export const greenApiSettings = defineSettings('green-api', GreenApiVariables, (env): GatewaySettings => ({
  secrets: env.GREEN_API_WEBHOOK_TOKEN,
  // The sender picks the token of its instance out of all of them.
  sender:
    env.GREEN_API_TOKEN.length === 0 ? null : senderOf(env.GREEN_API_URL, env.GREEN_API_TOKEN.join(',')),
}));
