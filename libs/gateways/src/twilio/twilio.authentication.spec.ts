import type { RequestHeaders } from '../authentication/request';
import type { Verdict } from '../authentication/verdict';
import { type Vector, vectorsOf } from '../testing/samples';
import { authenticateTwilio } from './twilio.authentication';

const vectors = vectorsOf('twilio');
const [GENUINE] = vectors as [Vector];
const ACCEPTED: Verdict = { accepted: true, by: 'signature' };
const refused = (reason: string): unknown => ({ accepted: false, reason });

interface Changes {
  readonly publicUrl?: string | null;
  readonly secrets?: readonly string[];
  readonly headers?: RequestHeaders;
}

/** The address of a vector, as it arrives: its path, and what we are told of the rest. */
function verdict({ url, body, header, secret }: Vector, changes: Changes = {}): Verdict {
  const { origin, pathname, search } = new URL(url);
  const {
    publicUrl = origin,
    secrets = [secret],
    headers = { 'X-Twilio-Signature': header ?? '' },
  } = changes;
  return authenticateTwilio(
    { headers, rawBody: Buffer.from(body), url: `${pathname}${search}`, publicUrl },
    secrets,
  );
}

it.each(vectors)('a vector is taken: $valid, $why', (vector) => {
  expect(verdict(vector)).toEqual(vector.valid ? ACCEPTED : refused('mismatch'));
});

it('either token is taken while one replaces the other', () => {
  expect(verdict(GENUINE, { secrets: ['new-token-1', GENUINE.secret] })).toEqual(ACCEPTED);
});

it.each([
  ['no header', {}, 'missing'],
  ['two headers', { 'x-twilio-signature': [GENUINE.header ?? '', 'a'] }, 'missing'],
  ['another form', { 'x-twilio-signature': 'EecfXaPl' }, 'mismatch'],
  ['the shared secret in its stead', { 'x-webhook-secret': 'shared' }, 'missing'],
])('%s is refused', (_, headers: RequestHeaders, reason) => {
  expect(verdict(GENUINE, { headers })).toEqual(refused(reason));
});

it('the headers are enough to refuse, and the body is needed to accept', () => {
  const unread = { headers: { 'x-twilio-signature': GENUINE.header ?? '' }, rawBody: null, url: '/' };
  expect(authenticateTwilio(unread, [GENUINE.secret])).toEqual(refused('unread'));
});

describe('the address', () => {
  const headers = (host: string): RequestHeaders => ({ host, 'x-twilio-signature': GENUINE.header ?? '' });

  it('is the one that was asked for, if nobody has said which', () => {
    expect(verdict(GENUINE, { publicUrl: null, headers: headers('app.example.test') })).toEqual(ACCEPTED);
    for (const host of ['other.example.test', '[', ''])
      expect(verdict(GENUINE, { publicUrl: null, headers: headers(host) })).toEqual(refused('mismatch'));
  });

  it('is no matter of what a stranger says, once it is said', () => {
    const publicUrl = 'https://other.example.test';
    expect(verdict(GENUINE, { publicUrl, headers: headers('app.example.test') })).toEqual(
      refused('mismatch'),
    );
  });

  it('may have a path in front of ours', () => {
    const vector = { ...GENUINE, url: 'https://app.example.test/twilio?company=123456' };
    expect(verdict(vector, { publicUrl: 'https://app.example.test/webhooks' })).toEqual(ACCEPTED);
  });
});

it('fields that were added are signed too, and each value once', () => {
  const added = { ...GENUINE, body: `${GENUINE.body}&New=1` };
  expect(verdict(added)).toEqual(refused('mismatch'));
  const twice = { ...GENUINE, body: `${GENUINE.body}&NumMedia=0` };
  expect(verdict(twice)).toEqual(ACCEPTED);
});

it('more fields than Twilio sends are not sorted', () => {
  const many = { ...GENUINE, body: 'a=1&'.repeat(2_000) };
  expect(verdict(many)).toEqual(refused('malformed'));
});
