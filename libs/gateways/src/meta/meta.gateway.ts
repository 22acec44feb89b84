import type { Gateway } from '../gateway';
import { authenticateMeta } from './meta.authentication';
import { metaExample } from './meta.example';
import { metaFile } from './meta.files';
import { readMeta } from './meta.reader';
import { metaSender } from './meta.sender';
import { metaSettings } from './meta.settings';
import { verifySubscription } from './subscription';

/** Meta's WhatsApp Cloud API, and services that pass its bodies on, such as 360dialog. */
export const meta: Gateway = {
  name: 'meta',
  title: 'Meta',
  messageIds: 'per-account',
  handshake: { tokenVariable: 'META_VERIFY_TOKEN', answer: verifySubscription },
  secretVariable: 'META_APP_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-hub-signature-256' },
  authenticate: authenticateMeta,
  read: readMeta,
  sender: metaSender,
  files: metaFile,
  settings: metaSettings,
  example: metaExample,
};
