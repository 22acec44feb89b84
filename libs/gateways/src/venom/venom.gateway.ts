import type { Gateway } from '../gateway';
import { authenticateForwarder } from './venom.authentication';
import { venomExample } from './venom.example';
import { readVenom } from './venom.reader';
import { venomSender } from './venom.sender';
import { venomSettings } from './venom.settings';

/**
 * Venom, which has no webhook: its user's own code forwards the objects of its callbacks, whole or in
 * part. They are read and trusted like any forwarder's.
 */
export const venom: Gateway = {
  name: 'venom',
  title: 'Venom',
  // A forwarder's own counter may begin with each chat.
  namesCompany: true,
  messageIds: 'per-chat',
  // Its forwarders are code of their users, and few of them repeat.
  refusals: { comesOnce: true },
  secretVariable: 'WEBHOOK_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-webhook-secret' },
  authenticate: authenticateForwarder,
  read: readVenom,
  sender: venomSender,
  settings: venomSettings,
  example: venomExample,
};
