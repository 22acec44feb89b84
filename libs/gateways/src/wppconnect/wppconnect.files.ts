import { tokenOf } from '../account-token';
import { type CustomerFile, type FileWay, openFile } from '../files';
import type { SenderSettings } from '../gateway-settings';
import { firstText } from '../json/json';

/** Its server asks for WhatsApp Web's whole id, which in a group names a member too: there is no way to a group's files. */
export function wppconnectFile(file: CustomerFile, sender: SenderSettings | null): FileWay | null {
  const open = openFile(file);
  const { messageId, source } = file;
  const { account, chatId } = source;
  const token = sender && tokenOf(account, sender.token);
  if (open || messageId === null || account === null || !token || chatId.endsWith('@g.us')) return open;
  const chat = chatId.includes('@') ? chatId : `${chatId}@c.us`;
  return {
    path: ['api', account, 'get-media-by-message', `false_${chat}_${messageId}`],
    headers: { authorization: `Bearer ${token}` },
    next: ({ base64 }) => {
      const bytes = firstText(base64);
      return bytes === null ? null : { base64: bytes };
    },
  };
}
