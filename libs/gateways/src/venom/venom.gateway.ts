import type { Gateway } from '../gateway';
import { authenticateForwarder } from './venom.authentication';
import { readVenom } from './venom.reader';
import { venomSender } from './venom.sender';

/**
 * Venom, which has no webhook: what arrives is its callbacks' objects, whole or picked apart, as its user's own
 * code forwards them. They are read and trusted as any forwarder's are.
 */
export const venom: Gateway = {
  name: 'venom',
  title: 'Venom',
  // A forwarder's own counter may begin with each chat.
  messageIds: 'per-chat',
  secretVariable: 'WEBHOOK_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-webhook-secret' },
  authenticate: authenticateForwarder,
  read: readVenom,
  sender: venomSender,
};
