import { tokenOf } from '../account-token';
import { type CustomerFile, type FileWay, openFile } from '../files';
import type { SenderSettings } from '../gateway-settings';
import { firstText } from '../json/json';

/** https://green-api.com/en/docs/api/receiving/files/DownloadFile, where the message names no address, for instance because the file is large. */
export function greenApiFile(file: CustomerFile, sender: SenderSettings | null): FileWay | null {
  const open = openFile(file);
  const { messageId, source } = file;
  const { account, chatId } = source;
  const token = sender && account !== null && tokenOf(account, sender.token);
  if (open || messageId === null || account === null || !token) return open;
  return {
    path: [`waInstance${account}`, 'downloadFile', token],
    headers: {},
    body: { chatId, idMessage: messageId },
    next: ({ downloadUrl }) => {
      const address = firstText(downloadUrl) ?? '';
      return URL.canParse(address) ? { url: new URL(address) } : null;
    },
  };
}
