import { createHmac } from 'node:crypto';
import { type JsonObject, objectOf } from '../json/json';
import { anySecret, isSame } from './secrets';

export type TokenReading =
  { readonly kind: 'signed'; readonly claims: JsonObject } | { readonly kind: 'malformed' | 'mismatch' };

/** Real claims are shorter, and a token that is not verified yet is not parsed at length. */
const MAX_TOKEN_LENGTH = 4096;
const TOKEN = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Reads the claims of a JSON Web Token that one of the secrets signed with HS256; any other algorithm is malformed. */
export function readToken(token: string, secrets: readonly string[]): TokenReading {
  const [, header, claims, signature] = token.length > MAX_TOKEN_LENGTH ? [] : (TOKEN.exec(token) ?? []);
  if (header === undefined || claims === undefined || signature === undefined) return { kind: 'malformed' };
  // The sender chooses `alg`: a token with `none` would sign itself.
  if (decode(header).alg !== 'HS256') return { kind: 'malformed' };
  const matches = (secret: string): boolean =>
    isSame(signature, createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url'));
  return anySecret(secrets, matches) ? { kind: 'signed', claims: decode(claims) } : { kind: 'mismatch' };
}

function decode(part: string): JsonObject {
  try {
    return objectOf(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
