import { authenticate } from '../authentication/authenticate';
import type { Verdict } from '../authentication/verdict';
import { type Vector, vectorsOf } from '../testing/samples';
import { chatwoot } from './chatwoot.gateway';

const NOW = 1763700001000;
const signed = (by: 'signature' | 'token'): Verdict => ({ accepted: true, by });
const refused = (reason: string): unknown => ({ accepted: false, reason });

describe('what Chatwoot proves itself by', () => {
  const vectors = vectorsOf('chatwoot');
  const [GENUINE_ONE] = vectors as [Vector];
  const at = (
    { body, header, timestamp, secret }: Omit<Vector, 'valid'>,
    { nowMs = NOW, url = '/webhook/chatwoot' } = {},
  ): Verdict =>
    authenticate(
      chatwoot,
      {
        rawBody: Buffer.from(body),
        headers: { 'X-Chatwoot-Signature': header ?? undefined, 'X-Chatwoot-Timestamp': timestamp },
        url,
      },
      { own: ['agent-bot-secret', secret], shared: ['shared'] },
      nowMs,
    );

  it.each(vectors)('signs time and bytes: $why', (vector) => {
    expect(at(vector)).toEqual(vector.valid ? signed('signature') : refused('mismatch'));
  });

  it('is taken for as long as the way may take, and two clocks may differ', () => {
    for (const nowMs of [NOW - 299_000, NOW + 299_000])
      expect(at(GENUINE_ONE, { nowMs })).toEqual(signed('signature'));
    for (const nowMs of [NOW - 301_000, NOW + 301_000])
      expect(at(GENUINE_ONE, { nowMs })).toEqual(refused('expired'));
  });

  it('of an installation that signs nothing may show the secret in its address', () => {
    const silent = { ...GENUINE_ONE, header: null };
    const query = (text: string): Verdict => at(silent, { url: `/webhook/chatwoot${text}` });
    expect(query(`?secret=${GENUINE_ONE.secret}`)).toEqual(signed('token'));
    expect(query('?secret=another')).toEqual(refused('mismatch'));
    expect(query(`?secret=${GENUINE_ONE.secret}&secret=x`)).toEqual(refused('missing'));
    expect(query('')).toEqual(refused('missing'));
  });

  it('makes no wrong signature good by its address', () => {
    const wrong = { ...GENUINE_ONE, header: `sha256=${'0'.repeat(64)}` };
    const url = `/webhook/chatwoot?secret=${GENUINE_ONE.secret}`;
    expect(at(wrong, { url })).toEqual(refused('mismatch'));
    expect(at({ ...wrong, header: 'md5=00' }, { url })).toEqual(refused('malformed'));
    expect(at({ ...GENUINE_ONE, timestamp: 'yesterday' }, { url })).toEqual(refused('malformed'));
  });
});
