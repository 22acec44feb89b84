import { isUtf8 } from 'node:buffer';
import { formFields, redactBody } from '@app/gateways';
import { type BodyFormat, textOf } from '@app/platform';

/** Meta's `entry[].changes[].value.messages[]` is eight deep. */
const MAX_DEPTH = 8;
/** An object with more fields is a list under another name, like Evolution's `presences`. */
const MAX_FIELDS = 1_000;

/** The content of a body, or the reason why it could not be parsed. */
export type GatewayBody =
  | { readonly isParsed: true; readonly payload: unknown }
  | { readonly isParsed: false; readonly reason: 'not-json' | 'not-utf-8' };

/** Reads a body as it came in. Any text is a form. */
export function parseBody(body: unknown, format: BodyFormat): GatewayBody {
  if (!Buffer.isBuffer(body)) return { isParsed: false, reason: 'not-json' };
  if (!isUtf8(body)) return { isParsed: false, reason: 'not-utf-8' };
  const text = textOf(body);
  if (format === 'form') return { isParsed: true, payload: formFields(text) };
  try {
    return { isParsed: true, payload: JSON.parse(text) };
  } catch {
    return { isParsed: false, reason: 'not-json' };
  }
}

/** The part of a body that may be kept: no secrets and no files; nothing of a body that was not parsed, which cannot be redacted. */
export function keptBody(body: GatewayBody): unknown {
  return body.isParsed ? redactBody(body.payload) : null;
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
