import type { Gateway } from '../gateway';
import { authenticateMeta } from '../meta/meta.authentication';
import { verifySubscription } from '../meta/subscription';
import { readerOf } from '../meta-messaging/messaging.reader';
import { senderFor } from '../meta-messaging/messaging.sender';
import { instagramExample } from './instagram.example';
import { instagramSettings } from './instagram.settings';

/** Direct messages of Instagram's professional accounts. */
export const instagram: Gateway = {
  name: 'instagram',
  title: 'Instagram',
  messageIds: 'per-account',
  handshake: { tokenVariable: 'INSTAGRAM_VERIFY_TOKEN', answer: verifySubscription },
  secretVariable: 'INSTAGRAM_APP_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-hub-signature-256' },
  authenticate: authenticateMeta,
  read: readerOf({ gateway: 'instagram', kind: 'ig' }, 'instagram'),
  // Its documentation says bytes in one place and characters in another.
  sender: senderFor({
    maxLength: 1_000,
    maxBytes: 1_000,
    files: { image: 'image', video: 'video', audio: 'audio' },
  }),
  settings: instagramSettings,
  example: instagramExample,
};
