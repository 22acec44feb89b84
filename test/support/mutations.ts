import fc from 'fast-check';

/** A file in base64, as some gateways send it with the text. */
const FILE = 'a1B2'.repeat(512);

/** Values that one gateway or another would recognise, used in place of other values. */
const telling = fc.constantFrom<unknown>(
  ...[
    'true',
    'message',
    'text',
    'image',
    'location',
    'edit',
    'revoke',
    'reaction',
    'system',
    'composing',
    'revoked',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '{p01}',
    '',
    '+',
    '\u0000',
    '\ud800',
    'status@broadcast',
    'x@lid',
    '@',
  ],
  ...[0, -1, 1e308, 14, true, null, [], {}, [[]], { id: {} }, { message: {} }, FILE],
);

/** Replaces one value somewhere in a copy of the payload: `path` picks a branch at each level. */
function graft(payload: unknown, path: readonly number[], value: unknown): unknown {
  const [turn, ...rest] = path;
  if (turn === undefined || typeof payload !== 'object' || payload === null) return value;
  if (Array.isArray(payload)) {
    const at = turn % (payload.length + 1);
    return payload.map((item: unknown, i) => (i === at ? graft(item, rest, value) : item));
  }
  const names = Object.keys(payload);
  const name = names[turn % names.length];
  if (name === undefined) return value;
  return { ...payload, [name]: graft((payload as Record<string, unknown>)[name], rest, value) };
}

/** Copies of the payloads in which up to four values are replaced by others. */
export function mutations(payloads: readonly unknown[]): fc.Arbitrary<unknown> {
  const path = fc.array(fc.nat(40), { minLength: 1, maxLength: 9 });
  const changes = fc.array(fc.tuple(path, fc.oneof(telling, fc.jsonValue())), { maxLength: 4 });
  return fc
    .tuple(fc.constantFrom(...payloads), changes)
    .map(([payload, made]) => made.reduce((body: unknown, [at, value]) => graft(body, at, value), payload));
}
