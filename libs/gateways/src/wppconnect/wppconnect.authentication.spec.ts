import { authenticate } from '../authentication/authenticate';
import type { Verdict } from '../authentication/verdict';
import { vectorsOf } from '../testing/samples';
import { wppconnect } from './wppconnect.gateway';

const SECRET = 'wpp-secret-01';
const ACCEPTED: Verdict = { accepted: true, by: 'token' };
const refused = (reason: string): unknown => ({ accepted: false, reason });
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

function shown(authorization: string | null, query = '', own = ['old-secret-00', SECRET]): Verdict {
  const headers = authorization === null ? {} : { authorization };
  const request = { rawBody: null, headers, url: `/webhook/wppconnect${query}` };
  return authenticate(wppconnect, request, { own, shared: ['shared-secret'] }, 0);
}

describe('what WPPConnect proves itself by', () => {
  it.each(vectorsOf('wppconnect'))(
    'is the password of its address: $header, $why',
    ({ header, secret, valid }) => {
      expect(shown(header, '', [secret]).accepted).toBe(valid);
    },
  );

  it('may be of any user, or the query; and either secret while one replaces the other', () => {
    expect(shown(basic(`:${SECRET}`))).toEqual(ACCEPTED);
    expect(shown(basic('rapid-fire:old-secret-00'))).toEqual(ACCEPTED);
    expect(shown(basic('hook:with:colons'), '', ['with:colons'])).toEqual(ACCEPTED);
    expect(shown(null, `?secret=${SECRET}`)).toEqual(ACCEPTED);
    expect(shown(null, '?secret=old-secret-00')).toEqual(ACCEPTED);
  });

  it.each([
    ['another password', basic('hook:another'), '', 'mismatch'],
    ['the secret as the user', basic(`${SECRET}:`), '', 'mismatch'],
    ['a wrong password beside the right query', basic('hook:x'), `?secret=${SECRET}`, 'mismatch'],
    ['another scheme beside the right query', `Bearer ${SECRET}`, `?secret=${SECRET}`, 'malformed'],
    ['the secret alone, without a user', basic(SECRET), '', 'malformed'],
    ['another query', null, '?secret=another', 'mismatch'],
    ['two of them', null, `?secret=${SECRET}&secret=x`, 'missing'],
    ['nothing', null, '', 'missing'],
    ['the secret of plain calls', null, '?secret=shared-secret', 'mismatch'],
  ])('is refused with %s', (_, authorization, query, reason) => {
    expect(shown(authorization, query)).toEqual(refused(reason));
  });

  it('is WEBHOOK_SECRET, which it cannot show, where it has none of its own', () => {
    expect(shown(basic('hook:shared-secret'), '?secret=shared-secret', [])).toEqual(refused('missing'));
  });
});
