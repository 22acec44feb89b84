import type { Gateway } from '../gateway';
import { authenticateEvolution } from './evolution.authentication';
import { readEvolution } from './evolution.reader';

/** Evolution API, versions 1 and 2, through Baileys or its Meta channel. */
export const evolution: Gateway = {
  name: 'evolution',
  messageIds: 'per-account',
  secretVariable: 'EVOLUTION_JWT_KEY',
  read: readEvolution,
  authenticate: authenticateEvolution,
};
