import { createHmac } from 'node:crypto';
import { GATEWAYS, gatewayNamed } from '@app/gateways';

/** Those that published samples go by. */
const PUBLISHED = {
  META_VERIFY_TOKEN: 'meatyhamhock',
  WAHA_HMAC_KEY: 'my-secret-key',
  TWILIO_AUTH_TOKEN: 'twilio-test-auth-token',
};

const VARIABLES = GATEWAYS.flatMap(({ secretVariable, handshake }) =>
  handshake ? [secretVariable, handshake.tokenVariable] : [secretVariable],
);

/** A secret in every variable in which a gateway has one, and in the one that they share. */
export const SECRETS: Record<string, string> & Record<'WEBHOOK_SECRET' | keyof typeof PUBLISHED, string> = {
  ...Object.fromEntries(VARIABLES.map((name) => [name, name.toLowerCase().replaceAll('_', '-')])),
  WEBHOOK_SECRET: 'webhook-secret',
  ...PUBLISHED,
};

/** What the gateway of that name proves itself by; a forwarder for the predecessor, by the shared secret. */
export function secretOf(gateway: string): string {
  return SECRETS[gatewayNamed(gateway)?.secretVariable ?? 'WEBHOOK_SECRET'] ?? '';
}

/** Where gateways believe us to be. */
export const PUBLIC_URL = 'https://app.example.test';

/** How signatures are made, by the header that they stand in; any other header has the secret itself. */
const SIGNERS: Readonly<Record<string, (secret: string, body: Buffer | string, path: string) => object>> = {
  'x-hub-signature-256': (secret, body) => ({
    'x-hub-signature-256': `sha256=${hmac('sha256', secret, body)}`,
  }),
  'x-webhook-hmac': (secret, body) => ({
    'x-webhook-hmac': hmac('sha512', secret, body),
    'x-webhook-hmac-algorithm': 'sha512',
  }),
  'x-chatwoot-signature': (secret, body) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = hmac('sha256', secret, `${timestamp}.${body.toString()}`);
    return { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${signature}` };
  },
  'x-twilio-signature': (secret, body, path) => ({
    'x-twilio-signature': twilioSignature(secret, path, body),
  }),
};

/** The headers by which a gateway proves that a body is its own, as its folder declares it. */
export function signed(
  gateway: string,
  body: Buffer | string,
  path = `/webhook/${gateway}`,
  secret = secretOf(gateway),
): Record<string, string> {
  const scheme = (gatewayNamed(gateway) ?? gatewayNamed('venom'))?.securityScheme;
  if (scheme?.type === 'apiKey')
    return { ...(SIGNERS[scheme.name]?.(secret, body, path) ?? { [scheme.name]: secret }) };
  if (scheme?.scheme === 'basic') return { authorization: `Basic ${btoa(`hook:${secret}`)}` };
  const token = scheme?.bearerFormat === 'JWT' ? evolutionToken(secret) : secret;
  return { authorization: `Bearer ${token}` };
}

/** Twilio's signature of an address and of each distinct field of a form. */
export function twilioSignature(token: string, path: string, body: Buffer | string): string {
  const form = new URLSearchParams(body.toString());
  const names = [...new Set(form.keys())].sort();
  const fields = names.flatMap((name) =>
    [...new Set(form.getAll(name))].sort().map((value) => `${name}${value}`),
  );
  return createHmac('sha1', token)
    .update(`${PUBLIC_URL}${path}${fields.join('')}`)
    .digest('base64');
}

/** A token as Evolution makes it, valid for ten minutes. */
export function evolutionToken(key: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iat, exp: iat + 600, app: 'evolution', action: 'webhook' };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${head}.${createHmac('sha256', key).update(head).digest('base64url')}`;
}

/** The headers of a forwarder for the predecessor: a signature of method, path, time and body. */
export function predecessorHeaders(
  path: string,
  body: Buffer | string,
  nowMs: number,
  secret = SECRETS.WEBHOOK_SECRET,
): Record<string, string> {
  const signature = hmac('sha256', secret, `POST:${path}:${nowMs}:${body.toString()}`);
  return { 'x-signature': signature, 'x-timestamp': String(nowMs) };
}

function hmac(algorithm: string, key: string, body: Buffer | string): string {
  return createHmac(algorithm, key).update(body).digest('hex');
}
