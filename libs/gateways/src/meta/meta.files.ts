import type { CustomerFile, FileWay } from '../files';
import type { SenderSettings } from '../gateway-settings';
import { firstText, type JsonObject } from '../json/json';

/** Meta's own hosts, on which a file lies for five minutes: it is read with the same token. */
const HOSTS = /(?:^|\.)(?:facebook|fbsbx)\.com$/;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#retrieve-media-url */
export function metaFile({ media }: CustomerFile, sender: SenderSettings | null): FileWay | null {
  if (media?.id === undefined || !sender?.token) return null;
  const headers = { authorization: `Bearer ${sender.token}` };
  return {
    path: [media.id],
    headers,
    next: ({ url }: JsonObject) => {
      const address = firstText(url) ?? '';
      return URL.canParse(address) ? { url: new URL(address), headers, hosts: HOSTS } : null;
    },
  };
}
