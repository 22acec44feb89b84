import { defineSettings, List, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, WITHOUT_SENDER } from '../gateway-settings';

export class WppconnectVariables {
  @Secrets(
    'WPPConnect shows one of these in the address that it posts to: `https://any:<secret>@…`, or `?secret=<secret>`.',
    { otherwise: notShownBy('WPPConnect') },
  )
  WPPCONNECT_WEBHOOK_SECRET: readonly string[] = [];

  @OptionalUrl("Takes replies to WPPConnect's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  WPPCONNECT_URL?: string;

  @List(
    "Sent there as `authorization: Bearer …`: the session's token. Of several sessions, each with its name: `salon=$2b$10$k…,nord=$2b$10$q…`. Required with `WPPCONNECT_URL`.",
    {
      shape: /^(?:[^=]+=)?[^\s=]+$/,
      expected: 'a token without spaces and =, or session=token',
      company: 'accounts.token',
    },
  )
  WPPCONNECT_TOKEN: readonly string[] = [];
}

export const wppconnectSettings = defineSettings(
  'wppconnect',
  WppconnectVariables,
  (env): GatewaySettings => ({
    secrets: env.WPPCONNECT_WEBHOOK_SECRET,
    // The sender picks the token of its session out of all of them.
    sender: senderOf(env.WPPCONNECT_URL, env.WPPCONNECT_TOKEN.join(',') || undefined),
  }),
  [
    {
      variable: 'WPPCONNECT_TOKEN',
      broken: (env) => env.WPPCONNECT_URL !== undefined && env.WPPCONNECT_TOKEN.length === 0,
      problem: 'is required with WPPCONNECT_URL',
    },
  ],
);
