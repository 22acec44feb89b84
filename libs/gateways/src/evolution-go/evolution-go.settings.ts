import { defineSettings, List, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, senderOf, WITHOUT_SENDER } from '../gateway-settings';

export class EvolutionGoVariables {
  @Secrets(
    'Evolution Go shows one of these in the address that it posts to: `https://any:<secret>@…`, or `?secret=<secret>`.',
    { otherwise: notShownBy('Evolution Go') },
  )
  EVOLUTION_GO_WEBHOOK_SECRET: readonly string[] = [];

  @OptionalUrl("Takes replies to Evolution Go's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  EVOLUTION_GO_URL?: string;

  @List(
    "Sent there as `apikey`: the instance's token. Of several instances, each with its name: `salon=26cb…,nord=9f0e…`. Required with `EVOLUTION_GO_URL`.",
    {
      shape: /^(?:[^=]+=)?[^\s=]+$/,
      expected: 'a token without spaces and =, or instance=token',
      company: 'accounts.token',
    },
  )
  EVOLUTION_GO_API_KEY: readonly string[] = [];
}

export const evolutionGoSettings = defineSettings(
  'evolution-go',
  EvolutionGoVariables,
  (env): GatewaySettings => ({
    secrets: env.EVOLUTION_GO_WEBHOOK_SECRET,
    // The sender picks the token of its instance out of all of them.
    sender: senderOf(env.EVOLUTION_GO_URL, env.EVOLUTION_GO_API_KEY.join(',') || undefined),
  }),
  [
    {
      variable: 'EVOLUTION_GO_API_KEY',
      broken: (env) => env.EVOLUTION_GO_URL !== undefined && env.EVOLUTION_GO_API_KEY.length === 0,
      problem: 'is required with EVOLUTION_GO_URL',
    },
  ],
);
