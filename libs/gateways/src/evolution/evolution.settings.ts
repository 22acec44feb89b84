import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class EvolutionVariables {
  @Secrets('Evolution signs with one of these.', { otherwise: '`WEBHOOK_SECRET`' })
  EVOLUTION_JWT_KEY: readonly string[] = [];

  @OptionalUrl("Takes replies to Evolution's customers.", {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  EVOLUTION_API_URL?: string;

  @OptionalText('Sent there as `apikey`. Required with `EVOLUTION_API_URL`.', {
    ...TOKEN,
    company: 'accounts.token',
  })
  EVOLUTION_API_KEY?: string;
}

export const evolutionSettings = defineSettings(
  'evolution',
  EvolutionVariables,
  (env): GatewaySettings => ({
    secrets: env.EVOLUTION_JWT_KEY,
    sender: senderOf(env.EVOLUTION_API_URL, env.EVOLUTION_API_KEY),
  }),
  [
    {
      variable: 'EVOLUTION_API_KEY',
      broken: (env) => env.EVOLUTION_API_URL !== undefined && env.EVOLUTION_API_KEY === undefined,
      problem: 'is required with EVOLUTION_API_URL',
    },
  ],
);
