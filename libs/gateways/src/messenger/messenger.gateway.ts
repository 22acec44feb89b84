import type { Gateway } from '../gateway';
import { authenticateMeta } from '../meta/meta.authentication';
import { verifySubscription } from '../meta/subscription';
import { readerOf } from '../meta-messaging/messaging.reader';
import { senderFor } from '../meta-messaging/messaging.sender';
import { messengerExample } from './messenger.example';
import { messengerSettings } from './messenger.settings';

/** Messenger, for pages of Facebook. */
export const messenger: Gateway = {
  name: 'messenger',
  title: 'Messenger',
  messageIds: 'per-account',
  handshake: { tokenVariable: 'MESSENGER_VERIFY_TOKEN', answer: verifySubscription },
  secretVariable: 'MESSENGER_APP_SECRET',
  securityScheme: { type: 'apiKey', in: 'header', name: 'x-hub-signature-256' },
  authenticate: authenticateMeta,
  read: readerOf({ gateway: 'messenger', kind: 'fb' }, 'page'),
  sender: senderFor({
    maxLength: 2_000,
    files: { image: 'image', video: 'video', audio: 'audio', document: 'file' },
  }),
  settings: messengerSettings,
  example: messengerExample,
};
