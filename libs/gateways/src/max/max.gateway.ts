import type { Gateway } from '../gateway';
import { authenticateMax } from './max.authentication';
import { maxExample } from './max.example';
import { readMax } from './max.reader';
import { maxSender } from './max.sender';
import { maxSettings } from './max.settings';

/** The Bot API of MAX. */
export const max: Gateway = {
  name: 'max',
  title: 'MAX',
  messageIds: 'per-account',
  // After eight hours of refusals the subscription is removed.
  refusals: { tooLarge: 200 },
  secretVariable: 'MAX_WEBHOOK_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-max-bot-api-secret' },
  authenticate: authenticateMax,
  read: readMax,
  sender: maxSender,
  settings: maxSettings,
  example: maxExample,
};
