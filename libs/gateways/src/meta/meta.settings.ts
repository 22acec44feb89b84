import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class MetaVariables {
  @Secrets('Meta signs with one of these.', { otherwise: '`WEBHOOK_SECRET`' })
  META_APP_SECRET: readonly string[] = [];

  @Secrets('Meta shows one of these in its handshake.', { otherwise: 'the handshake is refused' })
  META_VERIFY_TOKEN: readonly string[] = [];

  @OptionalUrl("Takes replies to Meta's customers.", {
    otherwise: WITHOUT_SENDER,
    example: 'https://graph.facebook.com/v23.0',
    company: 'accounts.url',
  })
  META_API_URL?: string;

  @OptionalText('Sent there as `authorization: Bearer …`. Required with `META_API_URL`.', {
    ...TOKEN,
    company: 'accounts.token',
  })
  META_API_TOKEN?: string;
}

export const metaSettings = defineSettings(
  'meta',
  MetaVariables,
  (env): GatewaySettings => ({
    secrets: env.META_APP_SECRET,
    handshakeTokens: env.META_VERIFY_TOKEN,
    sender: senderOf(env.META_API_URL, env.META_API_TOKEN),
  }),
  [
    {
      variable: 'META_API_TOKEN',
      broken: (env) => env.META_API_URL !== undefined && env.META_API_TOKEN === undefined,
      problem: 'is required with META_API_URL',
    },
  ],
);
