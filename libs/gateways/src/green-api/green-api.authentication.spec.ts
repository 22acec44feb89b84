import { authenticate } from '../authentication/authenticate';
import type { Verdict } from '../authentication/verdict';
import { vectorsOf } from '../testing/samples';
import { greenApi } from './green-api.gateway';

const ACCEPTED: Verdict = { accepted: true, by: 'token' };
const refused = (reason: string): unknown => ({ accepted: false, reason });

describe('what Green API proves itself by', () => {
  const shown = (authorization: string | null): Verdict =>
    authenticate(
      greenApi,
      { rawBody: Buffer.from('{}'), headers: authorization === null ? {} : { authorization } },
      { own: ['old-token', 'green-token-01'], shared: ['shared'] },
      Date.now(),
    );

  it.each(vectorsOf('green-api'))('shows its token: $header, $why', ({ header, valid }) => {
    expect(shown(header)).toMatchObject(valid ? ACCEPTED : { accepted: false });
  });

  it('may call it Basic, unencoded; and shows either token while one replaces the other', () => {
    expect(shown('Basic green-token-01')).toEqual(ACCEPTED);
    expect(shown('Bearer old-token')).toEqual(ACCEPTED);
  });

  it.each([
    ['another token', 'Bearer other', 'mismatch'],
    ['another scheme', 'Digest green-token-01', 'malformed'],
    ['the token alone', 'green-token-01', 'malformed'],
    ['nothing', null, 'missing'],
  ])('is refused with %s', (_, authorization, reason) => {
    expect(shown(authorization)).toEqual(refused(reason));
  });
});
