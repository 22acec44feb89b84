import { createHmac } from 'node:crypto';
import { GATEWAYS } from '../gateways';
import * as registry from '../registry';
import { type PublishedVector, vectorsOf } from '../testing/samples';
import { authenticate, type GatewaySecrets } from './authenticate';
import type { AuthenticRequest, RequestHeaders } from './request';
import type { Verdict } from './verdict';

const NOW = 1763700001000;
const [GENUINE, ESCAPED, REWRITTEN] = vectorsOf('meta') as [
  PublishedVector,
  PublishedVector,
  PublishedVector,
];
const [WAHA] = vectorsOf('waha') as [PublishedVector];
const [PREDECESSOR] = vectorsOf('original') as [PublishedVector];

function verdict(
  name: keyof typeof registry,
  body: string,
  headers: RequestHeaders,
  own: readonly string[],
): Verdict {
  const request: AuthenticRequest = { rawBody: Buffer.from(body), headers };
  return authenticate(registry[name], request, { own, shared: ['shared'] }, NOW);
}

const signed = (by: 'signature' | 'token' | 'shared-secret'): Verdict => ({ accepted: true, by });
const refused = (reason: string): unknown => ({ accepted: false, reason });

describe('Meta', () => {
  const header = (value: string): RequestHeaders => ({ 'X-Hub-Signature-256': value });

  it.each([GENUINE, ESCAPED, REWRITTEN])('takes the vector of $source', ({ body, header: value, secret }) => {
    expect(verdict('meta', body, header(value), [secret])).toEqual(signed('signature'));
  });

  it('takes either secret while one replaces the other', () => {
    expect(verdict('meta', GENUINE.body, header(GENUINE.header), ['new', GENUINE.secret])).toEqual(
      signed('signature'),
    );
  });

  it('refuses a flipped byte', () => {
    const flipped = GENUINE.body.replace('Hey there', 'Hey thera');
    expect(verdict('meta', flipped, header(GENUINE.header), [GENUINE.secret])).toEqual(refused('mismatch'));
  });

  it('refuses the same JSON in another notation', () => {
    const twin = JSON.stringify(JSON.parse(ESCAPED.body));
    expect(twin).toBe(REWRITTEN.body);
    expect(verdict('meta', twin, header(ESCAPED.header), [ESCAPED.secret])).toEqual(refused('mismatch'));
  });

  it.each([
    ['no header', {}, 'missing'],
    ['an empty header', header(''), 'missing'],
    ['two headers', { 'x-hub-signature-256': [GENUINE.header, GENUINE.header] }, 'missing'],
    ['SHA-1 alone', { 'x-hub-signature': 'sha1=aa' }, 'missing'],
    ['a header without its prefix', header(GENUINE.header.slice(7)), 'malformed'],
    ['upper case', header(`sha256=${GENUINE.header.slice(7).toUpperCase()}`), 'mismatch'],
    ['a shortened signature', header(GENUINE.header.slice(0, 40)), 'mismatch'],
    ['the shared secret in its stead', { 'x-webhook-secret': 'shared' }, 'missing'],
  ])('refuses %s', (_, headers: RequestHeaders, reason) => {
    expect(verdict('meta', GENUINE.body, headers, [GENUINE.secret])).toEqual(refused(reason));
  });
});

describe('WAHA', () => {
  const headers = { 'x-webhook-hmac': WAHA.header, 'x-webhook-hmac-algorithm': 'sha512' };

  it('takes the published vector', () => {
    expect(verdict('waha', WAHA.body, headers, [WAHA.secret])).toEqual(signed('signature'));
  });

  it('refuses another body, a missing header and a weaker algorithm', () => {
    expect(verdict('waha', `${WAHA.body} `, headers, [WAHA.secret])).toEqual(refused('mismatch'));
    expect(verdict('waha', WAHA.body, {}, [WAHA.secret])).toEqual(refused('missing'));
    expect(
      verdict('waha', WAHA.body, { ...headers, 'x-webhook-hmac-algorithm': 'sha1' }, [WAHA.secret]),
    ).toEqual(refused('malformed'));
  });
});

describe('Evolution', () => {
  const SECONDS = NOW / 1000;
  const CLAIMS = { iat: SECONDS, exp: SECONDS + 600, app: 'evolution', action: 'webhook' };

  function token(claims: unknown, { alg = 'HS256', key = 'jwt-key' } = {}): RequestHeaders {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
    return { authorization: `Bearer ${head}.${createHmac('sha256', key).update(head).digest('base64url')}` };
  }

  it('takes a token of its key', () => {
    expect(verdict('evolution', '{}', token(CLAIMS), ['jwt-key'])).toEqual(signed('token'));
  });

  it('takes a token that ran out between Evolution’s own attempts', () => {
    const late = { ...CLAIMS, iat: SECONDS - 1800, exp: SECONDS - 1200 };
    expect(verdict('evolution', '{}', token(late), ['jwt-key'])).toEqual(signed('token'));
  });

  it.each([
    ['another key', token(CLAIMS, { key: 'other' }), 'mismatch'],
    ['no signature by its own word', token(CLAIMS, { alg: 'none' }), 'malformed'],
    ['another algorithm', token(CLAIMS, { alg: 'HS512' }), 'malformed'],
    ['a token without an end', token({ iat: SECONDS }), 'malformed'],
    ['a token that ran out long ago', token({ ...CLAIMS, exp: SECONDS - 3600 }), 'expired'],
    ['a token from the future', token({ ...CLAIMS, iat: SECONDS + 3600 }), 'expired'],
    ['claims that are no object', token(null), 'malformed'],
    ['no token', {}, 'missing'],
    ['what is no token', { authorization: 'Bearer a.b' }, 'malformed'],
    ['the shared secret in its stead', { 'x-webhook-secret': 'shared' }, 'missing'],
  ])('refuses %s', (_, headers: RequestHeaders, reason) => {
    expect(verdict('evolution', '{}', headers, ['jwt-key'])).toEqual(refused(reason));
  });
});

describe.each([
  ['telegram', 'X-Telegram-Bot-Api-Secret-Token'],
  ['max', 'X-Max-Bot-Api-Secret'],
] as const)('%s', (name, header) => {
  const headers = (value: string | null): RequestHeaders => (value === null ? {} : { [header]: value });

  it.each(vectorsOf(name))('shows its secret as it is: $header, $why', ({ secret, header: shown, valid }) => {
    const reason = shown === null ? 'missing' : 'mismatch';
    const expected = valid ? signed('token') : refused(reason);
    expect(verdict(name, '{}', headers(shown), ['other-secret', secret])).toEqual(expected);
    expect(verdict(name, '{}', { ...headers(shown), 'x-webhook-secret': 'shared' }, [secret])).toEqual(
      expected,
    );
  });
});

describe('a forwarder', () => {
  it.each([{ 'x-webhook-secret': 'own' }, { Authorization: 'Bearer own' }, { 'x-api-key': 'own' }])(
    'may show %j',
    (headers) => {
      expect(verdict('venom', '{}', headers as RequestHeaders, ['own'])).toEqual(signed('shared-secret'));
    },
  );

  it('may sign as it did for the predecessor, for as long as the predecessor took it', () => {
    const { body, header, secret, method, url, timestamp } = PREDECESSOR;
    const request = {
      rawBody: Buffer.from(body),
      headers: { 'x-signature': header, 'x-timestamp': timestamp },
      method,
      url,
    };
    const secrets: GatewaySecrets = { own: [secret], shared: [secret] };
    const at = (nowMs: number, changed: Partial<AuthenticRequest> = {}): Verdict =>
      authenticate(registry.venom, { ...request, ...changed }, secrets, nowMs);

    expect(at(Number(timestamp))).toEqual(signed('signature'));
    expect(at(Number(timestamp) + 300_001)).toEqual(refused('expired'));
    expect(at(Number(timestamp), { url: '/webhook/whatsapp' })).toEqual(refused('mismatch'));
    expect(at(Number(timestamp), { rawBody: Buffer.from(`${body}\n`) })).toEqual(refused('mismatch'));
  });

  it.each([
    ['a wrong secret', { 'x-webhook-secret': 'wrong' }, 'mismatch'],
    ['a wrong secret before a right one', { 'x-webhook-secret': 'wrong', 'x-api-key': 'own' }, 'mismatch'],
    ['nothing', {}, 'missing'],
    ['another scheme', { authorization: 'Basic own' }, 'missing'],
  ])('is refused with %s', (_, headers: RequestHeaders, reason) => {
    expect(verdict('venom', '{}', headers, ['own'])).toEqual(refused(reason));
  });
});

describe('a gateway without a secret of its own', () => {
  it.each(GATEWAYS)('$name falls back to the shared one', (gateway) => {
    const request = { rawBody: Buffer.from('{}'), headers: { 'x-webhook-secret': 'shared' } };
    const secrets: GatewaySecrets = { own: [], shared: ['shared'] };
    expect(authenticate(gateway, request, secrets, NOW)).toEqual(signed('shared-secret'));
    expect(authenticate(gateway, { ...request, headers: {} }, secrets, NOW)).toEqual(refused('missing'));
  });

  it('is open where nothing is configured, and says so', () => {
    const request = { rawBody: Buffer.from('{}'), headers: {} };
    expect(authenticate(registry.meta, request, { own: [], shared: [] }, NOW)).toEqual({
      accepted: true,
      by: 'open',
    });
  });
});
