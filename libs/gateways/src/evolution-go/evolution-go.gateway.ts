import { checkAddress } from '../authentication/address-secret';
import type { Gateway } from '../gateway';
import { evolutionGoExample } from './evolution-go.example';
import { readEvolutionGo } from './evolution-go.reader';
import { evolutionGoSender } from './evolution-go.sender';
import { evolutionGoSettings } from './evolution-go.settings';

/** Evolution Go: WhatsApp through whatsmeow. */
export const evolutionGo: Gateway = {
  name: 'evolution-go',
  title: 'Evolution Go',
  messageIds: 'per-account',
  // Its five attempts are over after two minutes.
  refusals: { comesOnce: true },
  secretVariable: 'EVOLUTION_GO_WEBHOOK_SECRET',
  securityScheme: { type: 'http', scheme: 'basic' },
  // It signs nothing and sends no headers of ours; the token in its bodies proves nothing.
  authenticate: checkAddress,
  read: readEvolutionGo,
  sender: evolutionGoSender,
  settings: evolutionGoSettings,
  example: evolutionGoExample,
};
