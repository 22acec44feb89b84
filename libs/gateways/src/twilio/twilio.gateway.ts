import type { Gateway } from '../gateway';
import { authenticateTwilio } from './twilio.authentication';
import { twilioExample } from './twilio.example';
import { twilioFile } from './twilio.files';
import { readTwilio } from './twilio.reader';
import { twilioSender } from './twilio.sender';
import { twilioSettings } from './twilio.settings';

/** Twilio's messaging: WhatsApp and SMS. */
export const twilio: Gateway = {
  name: 'twilio',
  title: 'Twilio',
  messageIds: 'per-account',
  bodyFormat: 'form',
  // An answer in TwiML could be a reply; this one is none.
  acknowledgement: { contentType: 'text/xml', text: '<Response/>' },
  // It repeats what its address asks for, and nothing by itself.
  refusals: { unproven: 403, comesOnce: true },
  secretVariable: 'TWILIO_AUTH_TOKEN',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-twilio-signature' },
  authenticate: authenticateTwilio,
  read: readTwilio,
  sender: twilioSender,
  files: twilioFile,
  settings: twilioSettings,
  example: twilioExample,
};
