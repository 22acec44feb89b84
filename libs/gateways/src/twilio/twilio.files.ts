import { addressOfFile, type CustomerFile, type FileWay } from '../files';
import type { SenderSettings } from '../gateway-settings';

/** https://www.twilio.com/docs/messaging/api/media-resource: Twilio's API asks for the account's token and leads on to a storage, which does not. */
export function twilioFile(file: CustomerFile, sender: SenderSettings | null): FileWay | null {
  const url = addressOfFile(file);
  if (url === null || !sender?.token) return null;
  return { url, headers: { authorization: `Basic ${Buffer.from(sender.token).toString('base64')}` } };
}
