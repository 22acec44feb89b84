import type { Heard } from '../../support/stand-in';
import { META } from './meta';
import { OTHERS } from './others';
import type { Call } from './round-trip';
import { WHATSAPP_WEB } from './whatsapp-web';

/** Every gateway's. */
export const ROUND_TRIPS = [...WHATSAPP_WEB, ...META, ...OTHERS];

export function callIn({ path, headers, body }: Heard): Call {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  const read = isForm ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body) as object);
  return { path, body: read };
}
