import type { Gateway } from '../gateway';
import { authenticateForwarder } from './venom.authentication';
import { readVenom } from './venom.reader';

/**
 * Venom, which has no webhook: what arrives is its callbacks' objects, whole or picked apart, as its user's own
 * code forwards them. They are read and trusted as any forwarder's are.
 */
export const venom: Gateway = {
  name: 'venom',
  // A forwarder's own counter may begin with each chat.
  messageIds: 'per-chat',
  secretVariable: 'WEBHOOK_SECRET',
  read: readVenom,
  authenticate: authenticateForwarder,
};
