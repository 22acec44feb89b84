import { isUtf8 } from 'node:buffer';
import { redactBody } from '@app/gateways';
import { textOf } from '@app/platform';

/** What a body holds: JSON, or something that is none, with why it is none. */
export type GatewayBody =
  | { readonly isJson: true; readonly payload: unknown }
  | { readonly isJson: false; readonly reason: 'not-json' | 'not-utf-8' };

/** Reads a body as it came in. */
export function parseBody(body: unknown): GatewayBody {
  if (!Buffer.isBuffer(body)) return { isJson: false, reason: 'not-json' };
  if (!isUtf8(body)) return { isJson: false, reason: 'not-utf-8' };
  try {
    return { isJson: true, payload: JSON.parse(textOf(body)) };
  } catch {
    return { isJson: false, reason: 'not-json' };
  }
}

/** What of a body may be kept: no secrets and no files; nothing of one that is no JSON, where neither can be told. */
export function keptBody(body: GatewayBody): unknown {
  return body.isJson ? redactBody(body.payload) : null;
}
