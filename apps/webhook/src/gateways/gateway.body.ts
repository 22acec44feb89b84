import { isUtf8 } from 'node:buffer';
import { redactBody } from '@app/gateways';
import { textOf } from '@app/platform';

/** Meta's `entry[].changes[].value.messages[]` is eight deep. */
const MAX_DEPTH = 8;
/** An object of more fields is a list by another name, as Evolution's `presences` are. */
const MAX_FIELDS = 1_000;

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

/** True where the lists of a body, as deep as messages stand in it, have more entries than so many. */
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
