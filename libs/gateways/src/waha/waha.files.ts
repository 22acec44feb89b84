import { addressOfFile, type CustomerFile, type FileWay, openFile } from '../files';
import type { SenderSettings } from '../gateway-settings';

/** Where WAHA keeps files itself; elsewhere, such as in S3, they are open. */
const OWN_FILES = '/api/files/';

/** https://waha.devlike.pro/docs/how-to/receive-messages/#files. WAHA names itself as it is known to itself, often `localhost`: it is asked where it is known to us. */
export function wahaFile(file: CustomerFile, sender: SenderSettings | null): FileWay | null {
  const address = addressOfFile(file);
  if (address === null || !address.pathname.startsWith(OWN_FILES)) return openFile(file);
  if (sender === null) return null;
  const path = address.pathname.slice(1).split('/').map(decoded);
  return { path, headers: sender.token === null ? {} : { 'x-api-key': sender.token } };
}

/** A name with a percent sign of its own is not encoded at all. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
