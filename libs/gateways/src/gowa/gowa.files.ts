import type { CustomerFile, FileWay } from '../files';
import type { SenderSettings } from '../gateway-settings';

/** A file that GOWA has downloaded is a path on its own server, below its `statics`. */
export function gowaFile({ media }: CustomerFile, sender: SenderSettings | null): FileWay | null {
  if (media?.id === undefined || sender === null) return null;
  const { token } = sender;
  const headers = token === null ? {} : { authorization: `Basic ${Buffer.from(token).toString('base64')}` };
  return { path: media.id.replace(/^\//, '').split('/'), headers };
}
