import type { Gateway } from '../../gateway';
import { authenticateExample } from './example.authentication';
import { readExample } from './example.reader';
import { exampleSender } from './example.sender';
import { exampleSettings } from './example.settings';

/** The gateway that docs/adding-a-gateway.md adds. */
export const example: Gateway = {
  name: 'example',
  title: 'Example',
  messageIds: 'per-account',
  secretVariable: 'EXAMPLE_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-example-signature' },
  authenticate: authenticateExample,
  read: readExample,
  sender: exampleSender,
  settings: exampleSettings,
};
