import type { Gateway } from '../gateway';
import { authenticateMeta } from '../meta/meta.authentication';
import { gowaExample } from './gowa.example';
import { gowaFile } from './gowa.files';
import { readGowa } from './gowa.reader';
import { gowaSender } from './gowa.sender';
import { gowaSettings } from './gowa.settings';

/** GOWA (aldinokemal/go-whatsapp-web-multidevice): WhatsApp through whatsmeow. */
export const gowa: Gateway = {
  name: 'gowa',
  title: 'GOWA',
  messageIds: 'per-account',
  // Its five attempts are over after a quarter of a minute.
  refusals: { comesOnce: true },
  secretVariable: 'GOWA_WEBHOOK_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-hub-signature-256' },
  // It signs as Meta does, the bytes and in the same header.
  authenticate: authenticateMeta,
  read: readGowa,
  sender: gowaSender,
  files: gowaFile,
  settings: gowaSettings,
  example: gowaExample,
};
