import type { Gateway } from '../gateway';
import { authenticateWaha } from './waha.authentication';
import { wahaExample } from './waha.example';
import { wahaFile } from './waha.files';
import { readWaha } from './waha.reader';
import { wahaSender } from './waha.sender';
import { wahaSettings } from './waha.settings';

/** WAHA (devlikeapro), with any of its engines. */
export const waha: Gateway = {
  name: 'waha',
  title: 'WAHA',
  namesCompany: true,
  messageIds: 'per-account',
  // It repeats what its session's `retries` say, which it has none of by itself.
  refusals: { comesOnce: true },
  secretVariable: 'WAHA_HMAC_KEY',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-webhook-hmac' },
  authenticate: authenticateWaha,
  read: readWaha,
  sender: wahaSender,
  files: wahaFile,
  settings: wahaSettings,
  example: wahaExample,
};
