import type { Gateway } from '../gateway';
import { readForwarded } from './forwarded.reader';
import { authenticateForwarder } from './generic.authentication';

/** Whoever posts messages in the contract's own form, or as they posted them to the predecessor. */
export const generic: Gateway = {
  name: 'generic',
  secretVariable: 'WEBHOOK_SECRET',
  read: (payload) => readForwarded('generic', payload),
  authenticate: authenticateForwarder,
};
