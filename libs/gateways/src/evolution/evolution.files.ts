import { type CustomerFile, type FileWay, openFile } from '../files';
import type { SenderSettings } from '../gateway-settings';
import { firstText } from '../json/json';

/** https://doc.evolution-api.com/v2/api-reference/chat-controller/get-base64, where the file is not in a storage of Evolution's that is open. */
export function evolutionFile(file: CustomerFile, sender: SenderSettings | null): FileWay | null {
  const { messageId, source } = file;
  const open = openFile(file);
  if (open || messageId === null || source.account === null || sender === null) return open;
  return {
    path: ['chat', 'getBase64FromMediaMessage', source.account],
    headers: sender.token === null ? {} : { apikey: sender.token },
    body: { message: { key: { id: messageId } }, convertToMp4: false },
    next: ({ base64 }) => {
      const bytes = firstText(base64);
      return bytes === null ? null : { base64: bytes };
    },
  };
}
