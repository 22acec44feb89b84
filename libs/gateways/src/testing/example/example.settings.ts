import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../../gateway-settings';

export class ExampleVariables {
  @Secrets('The example signs with one of these.', { otherwise: '`WEBHOOK_SECRET`' })
  EXAMPLE_SECRET: readonly string[] = [];

  @OptionalUrl("Takes replies to the example's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  EXAMPLE_API_URL?: string;

  @OptionalText('Sent there as `authorization: Bearer …`.', { ...TOKEN, company: 'accounts.token' })
  EXAMPLE_API_TOKEN?: string;
}

export const exampleSettings = defineSettings('example', ExampleVariables, (env): GatewaySettings => ({
  secrets: env.EXAMPLE_SECRET,
  sender: senderOf(env.EXAMPLE_API_URL, env.EXAMPLE_API_TOKEN),
}));
