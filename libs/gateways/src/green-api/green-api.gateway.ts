import type { Gateway } from '../gateway';
import { authenticateGreenApi } from './green-api.authentication';
import { greenApiExample } from './green-api.example';
import { greenApiFile } from './green-api.files';
import { readGreenApi } from './green-api.reader';
import { greenApiSender } from './green-api.sender';
import { greenApiSettings } from './green-api.settings';

/** Green API's instances of WhatsApp, MAX and Telegram. */
export const greenApi: Gateway = {
  name: 'green-api',
  title: 'Green API',
  messageIds: 'per-chat',
  // Anything but 200 stops the whole instance: other customers are not to wait for one.
  refusals: { onlyOutage: true, tooLarge: 200 },
  secretVariable: 'GREEN_API_WEBHOOK_TOKEN',
  securityScheme: { type: 'http', scheme: 'bearer' },
  authenticate: authenticateGreenApi,
  read: readGreenApi,
  sender: greenApiSender,
  files: greenApiFile,
  settings: greenApiSettings,
  example: greenApiExample,
};
