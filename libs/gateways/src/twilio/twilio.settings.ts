import { defineSettings, OptionalText, OptionalUrl, Secrets } from '@app/config';
import { type GatewaySettings, notShownBy, type SenderSettings, WITHOUT_SENDER } from '../gateway-settings';

export class TwilioVariables {
  @OptionalText('The account from which replies are sent.', {
    shape: /^AC\w{1,64}$/,
    expected: 'AC and letters and digits',
    otherwise: WITHOUT_SENDER,
    company: 'accounts.sid',
  })
  TWILIO_ACCOUNT_SID?: string;

  @Secrets(
    'Twilio signs with one of these, over an address that begins with `PUBLIC_URL`; replies are sent with the first.',
    { otherwise: notShownBy('Twilio'), company: 'accounts.token' },
  )
  TWILIO_AUTH_TOKEN: readonly string[] = [];

  @OptionalUrl('The REST API of Twilio, if it is that of another region.', { company: 'accounts.url' })
  TWILIO_API_URL = 'https://api.twilio.com';
}

export const twilioSettings = defineSettings(
  'twilio',
  TwilioVariables,
  (env): GatewaySettings => ({ secrets: env.TWILIO_AUTH_TOKEN, sender: senderBy(env) }),
  [
    {
      variable: 'TWILIO_AUTH_TOKEN',
      broken: (env) => env.TWILIO_ACCOUNT_SID !== undefined && env.TWILIO_AUTH_TOKEN.length === 0,
      problem: 'is required with TWILIO_ACCOUNT_SID',
    },
  ],
);

function senderBy({
  TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN,
  TWILIO_API_URL,
}: TwilioVariables): SenderSettings | null {
  const [token] = TWILIO_AUTH_TOKEN;
  if (TWILIO_ACCOUNT_SID === undefined || token === undefined) return null;
  return {
    url: TWILIO_API_URL,
    // `api.dublin.ie1.twilio.com` has `messaging.dublin.ie1.twilio.com` beside it.
    typingUrl: TWILIO_API_URL.replace(/^(https?:\/\/)api\./, '$1messaging.'),
    token: `${TWILIO_ACCOUNT_SID}:${token}`,
  };
}
