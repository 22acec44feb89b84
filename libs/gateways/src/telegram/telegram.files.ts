import type { CustomerFile, FileWay } from '../files';
import type { SenderSettings } from '../gateway-settings';
import { firstText, objectOf } from '../json/json';

/** https://core.telegram.org/bots/api#getfile: up to 20 MB. A server of one's own that runs with `--local` names a path on its disk, and gives nothing. */
export function telegramFile({ media }: CustomerFile, sender: SenderSettings | null): FileWay | null {
  if (media?.id === undefined || !sender?.token) return null;
  const bot = `bot${sender.token}`;
  return {
    path: [bot, 'getFile'],
    query: { file_id: media.id },
    headers: {},
    next: ({ result }) => {
      const path = firstText(objectOf(result).file_path);
      return path === null ? null : { path: ['file', bot, ...path.split('/')], headers: {} };
    },
  };
}
