import type { Gateway } from '../gateway';
import { authenticateMeta } from './meta.authentication';
import { readMeta } from './meta.reader';

/** Meta's WhatsApp Cloud API, and those who pass its bodies on, such as 360dialog. */
export const meta: Gateway = {
  name: 'meta',
  messageIds: 'per-account',
  secretVariable: 'META_APP_SECRET',
  read: readMeta,
  authenticate: authenticateMeta,
};
