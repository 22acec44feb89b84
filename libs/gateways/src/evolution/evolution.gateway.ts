import type { Gateway } from '../gateway';
import { authenticateEvolution } from './evolution.authentication';
import { evolutionExample } from './evolution.example';
import { evolutionFile } from './evolution.files';
import { readEvolution } from './evolution.reader';
import { evolutionSender } from './evolution.sender';
import { evolutionSettings } from './evolution.settings';

/** Evolution API, versions 1 and 2, through Baileys or its Meta channel. */
export const evolution: Gateway = {
  name: 'evolution',
  title: 'Evolution API',
  messageIds: 'per-account',
  // The event's name, if Evolution is configured to append it (`webhookByEvents`).
  subPaths: ['*event'],
  secretVariable: 'EVOLUTION_JWT_KEY',
  securityScheme: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  authenticate: authenticateEvolution,
  read: readEvolution,
  sender: evolutionSender,
  files: evolutionFile,
  settings: evolutionSettings,
  example: evolutionExample,
};
