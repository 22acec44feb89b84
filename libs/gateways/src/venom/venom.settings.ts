import { defineSettings, OptionalText, OptionalUrl } from '@app/config';
import { type GatewaySettings, senderOf, TOKEN, WITHOUT_SENDER } from '../gateway-settings';

export class VenomVariables {
  @OptionalUrl('Takes replies to what Venom forwarded.', {
    otherwise: WITHOUT_SENDER,
    company: 'accounts.url',
  })
  VENOM_SENDER_URL?: string;

  @OptionalText('Sent there as `authorization: Bearer …`.', { ...TOKEN, company: 'accounts.token' })
  VENOM_SENDER_TOKEN?: string;
}

export const venomSettings = defineSettings('venom', VenomVariables, (env): GatewaySettings => ({
  sender: senderOf(env.VENOM_SENDER_URL, env.VENOM_SENDER_TOKEN),
}));
