import { checkAddress } from '../authentication/address-secret';
import type { Gateway } from '../gateway';
import { wppconnectExample } from './wppconnect.example';
import { wppconnectFile } from './wppconnect.files';
import { readWppconnect } from './wppconnect.reader';
import { wppconnectSender } from './wppconnect.sender';
import { wppconnectSettings } from './wppconnect.settings';

/** WPPConnect's server: WhatsApp Web in a browser. */
export const wppconnect: Gateway = {
  name: 'wppconnect',
  title: 'WPPConnect',
  messageIds: 'per-account',
  // It only logs that a post has failed.
  refusals: { comesOnce: true },
  secretVariable: 'WPPCONNECT_WEBHOOK_SECRET',
  securityScheme: { type: 'http', scheme: 'basic' },
  // It can neither sign nor set a header.
  authenticate: checkAddress,
  read: readWppconnect,
  sender: wppconnectSender,
  files: wppconnectFile,
  settings: wppconnectSettings,
  example: wppconnectExample,
};
