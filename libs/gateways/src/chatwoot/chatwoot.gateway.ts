import type { Gateway } from '../gateway';
import { authenticateChatwoot } from './chatwoot.authentication';
import { chatwootExample } from './chatwoot.example';
import { readChatwoot } from './chatwoot.reader';
import { chatwootSender } from './chatwoot.sender';
import { chatwootSettings } from './chatwoot.settings';

/** Chatwoot's agent bots and account webhooks. */
export const chatwoot: Gateway = {
  name: 'chatwoot',
  title: 'Chatwoot',
  messageIds: 'per-account',
  // An agent bot's call is repeated after 500; after 503 its conversation goes to humans at once. An account's is never repeated.
  refusals: { outage: 500, comesOnce: true },
  secretVariable: 'CHATWOOT_WEBHOOK_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-chatwoot-signature' },
  authenticate: authenticateChatwoot,
  read: readChatwoot,
  sender: chatwootSender,
  settings: chatwootSettings,
  example: chatwootExample,
};
