import type { Gateway } from '../gateway';
import { authenticateWaha } from './waha.authentication';
import { readWaha } from './waha.reader';

/** WAHA (devlikeapro), with any of its engines. */
export const waha: Gateway = {
  name: 'waha',
  messageIds: 'per-account',
  secretVariable: 'WAHA_HMAC_KEY',
  read: readWaha,
  authenticate: authenticateWaha,
};
