import { isUtf8 } from 'node:buffer';
import { redactBody } from '@app/gateways';
import { textOf } from '@app/platform';

/** Meta's `entry[].changes[].value.messages[]` is eight deep. */
const MAX_DEPTH = 8;
/** An object with more fields is a list under another name, like Evolution's `presences`. */
const MAX_FIELDS = 1_000;

/** The content of a body: JSON, or another text with the reason why it is not JSON. */
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

/** The part of a body that may be kept: no secrets and no files; nothing of a body that is not JSON, which cannot be redacted. */
export function keptBody(body: GatewayBody): unknown {
  return body.isJson ? redactBody(body.payload) : null;
}

/** True if the lists of a body, down to the depth of messages, have more entries than this. */
export function holdsMoreEntries(payload: unknown, most: number): boolean {
  let left = most;
  function count(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth === MAX_DEPTH || left < 0) return;
    const inside = Object.values(value);
    if (Array.isArray(value) || inside.length > MAX_FIELDS) left -= inside.length;
    for (const inner of inside) count(inner, depth + 1);
  }
  count(payload, 0);
  return left < 0;
}
