import { redactBody } from '@app/gateways';
import { textOf } from '@app/platform';

/** What a body holds: JSON, or something that is none. */
export type GatewayBody = { readonly isJson: true; readonly payload: unknown } | { readonly isJson: false };

/** Reads a body as it came in. */
export function parseBody(body: unknown): GatewayBody {
  if (!Buffer.isBuffer(body)) return { isJson: false };
  try {
    return { isJson: true, payload: JSON.parse(textOf(body)) };
  } catch {
    return { isJson: false };
  }
}

/** What of a body may be kept: no secrets and no files; nothing of one that is no JSON, where neither can be told. */
export function keptBody(body: GatewayBody): unknown {
  return body.isJson ? redactBody(body.payload) : null;
}
