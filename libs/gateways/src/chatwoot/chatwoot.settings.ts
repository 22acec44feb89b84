import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class ChatwootVariables {
  @Secrets('Chatwoot signs with one of these: the secrets of its agent bot and of its webhook.', {
    otherwise: notShownBy('Chatwoot'),
  })
  CHATWOOT_WEBHOOK_SECRET: readonly string[] = [];

  @OptionalUrl("Takes replies to Chatwoot's conversations.", {
    otherwise: WITHOUT_SENDER,
    example: 'https://app.chatwoot.com',
    company: 'accounts.url',
  })
  CHATWOOT_URL?: string;

  @OptionalText(
    "Sent there as `api_access_token`: the agent bot's, not an agent's, or replies count as a human's. Required with `CHATWOOT_URL`.",
    { ...TOKEN, company: 'accounts.token' },
  )
  CHATWOOT_TOKEN?: string;
}

export const chatwootSettings = defineSettings(
  'chatwoot',
  ChatwootVariables,
  (env): GatewaySettings => ({
    secrets: env.CHATWOOT_WEBHOOK_SECRET,
    sender: senderOf(env.CHATWOOT_URL, env.CHATWOOT_TOKEN),
  }),
  [
    {
      variable: 'CHATWOOT_TOKEN',
      broken: (env) => env.CHATWOOT_URL !== undefined && env.CHATWOOT_TOKEN === undefined,
      problem: 'is required with CHATWOOT_URL',
    },
  ],
);
