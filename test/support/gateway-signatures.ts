import { createHmac } from 'node:crypto';

/** The secrets of the gateways in a test. */
export const SECRETS = {
  META_APP_SECRET: 'meta-app-secret',
  META_VERIFY_TOKEN: 'meatyhamhock',
  WAHA_HMAC_KEY: 'my-secret-key',
  EVOLUTION_JWT_KEY: 'evolution-jwt-key',
  TELEGRAM_SECRET_TOKEN: 'telegram_secret-token',
  MAX_WEBHOOK_SECRET: 'max_secret-01',
  GREEN_API_WEBHOOK_TOKEN: 'green-token-01',
  TWILIO_AUTH_TOKEN: 'twilio-test-auth-token',
  CHATWOOT_WEBHOOK_SECRET: 'chatwoot-secret-01',
  MESSENGER_APP_SECRET: 'messenger-app-secret',
  MESSENGER_VERIFY_TOKEN: 'messenger-verify-token',
  INSTAGRAM_APP_SECRET: 'instagram-app-secret',
  INSTAGRAM_VERIFY_TOKEN: 'instagram-verify-token',
  GOWA_WEBHOOK_SECRET: 'gowa-webhook-secret',
  EVOLUTION_GO_WEBHOOK_SECRET: 'evolution-go-secret',
  WPPCONNECT_WEBHOOK_SECRET: 'wppconnect-secret-01',
  WEBHOOK_SECRET: 'webhook-secret',
};

/** Where gateways believe us to be. */
export const PUBLIC_URL = 'https://app.example.test';

/** The headers that a gateway sends with a body. */
export function signed(
  gateway: string,
  body: Buffer | string,
  path = `/webhook/${gateway}`,
): Record<string, string> {
  switch (gateway) {
    case 'meta':
      return hubSignature(SECRETS.META_APP_SECRET, body);
    case 'messenger':
      return hubSignature(SECRETS.MESSENGER_APP_SECRET, body);
    case 'gowa':
      return hubSignature(SECRETS.GOWA_WEBHOOK_SECRET, body);
    case 'instagram':
      return hubSignature(SECRETS.INSTAGRAM_APP_SECRET, body);
    case 'waha':
      return {
        'x-webhook-hmac': hmac('sha512', SECRETS.WAHA_HMAC_KEY, body),
        'x-webhook-hmac-algorithm': 'sha512',
      };
    case 'evolution':
      return { authorization: `Bearer ${evolutionToken(SECRETS.EVOLUTION_JWT_KEY)}` };
    case 'evolution-go':
      return { authorization: `Basic ${btoa(`hook:${SECRETS.EVOLUTION_GO_WEBHOOK_SECRET}`)}` };
    case 'wppconnect':
      return { authorization: `Basic ${btoa(`hook:${SECRETS.WPPCONNECT_WEBHOOK_SECRET}`)}` };
    case 'telegram':
      return { 'x-telegram-bot-api-secret-token': SECRETS.TELEGRAM_SECRET_TOKEN };
    case 'max':
      return { 'x-max-bot-api-secret': SECRETS.MAX_WEBHOOK_SECRET };
    case 'chatwoot': {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = hmac('sha256', SECRETS.CHATWOOT_WEBHOOK_SECRET, `${timestamp}.${body.toString()}`);
      return { 'x-chatwoot-timestamp': timestamp, 'x-chatwoot-signature': `sha256=${signature}` };
    }
    case 'green-api':
      return { authorization: `Bearer ${SECRETS.GREEN_API_WEBHOOK_TOKEN}` };
    case 'twilio':
      return { 'x-twilio-signature': twilioSignature(SECRETS.TWILIO_AUTH_TOKEN, path, body) };
    default:
      return { 'x-webhook-secret': SECRETS.WEBHOOK_SECRET };
  }
}

function hubSignature(secret: string, body: Buffer | string): Record<string, string> {
  return { 'x-hub-signature-256': `sha256=${hmac('sha256', secret, body)}` };
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
