import { lastAnswer } from './last-answer';

const answered = (text: string, headers = {}): Parameters<typeof lastAnswer>[0] => ({
  kind: 'answered',
  status: 500,
  headers,
  body: { text, isWhole: true },
});

describe('the last answer, as it is kept', () => {
  it('holds no secret: neither ours nor what is named like one', () => {
    const { body } = lastAnswer(
      answered('{"apiKey": "abc", "seen": "whsec_AAAA at https://bot.example/x"}'),
      'no',
      ['whsec_AAAA', 'https://bot.example/x'],
    );
    expect(JSON.parse(body)).toEqual({ seen: '[removed] at [removed]' });
  });

  it('is not spoilt by a secret so short that it stands in any text', () => {
    const { body } = lastAnswer(answered('a fault at the bot: key1234, key12345'), 'no', [
      'a',
      '',
      'key1234',
      'key12345',
    ]);
    expect(body).toBe('a fault at the bot: key1234, [removed]');
  });

  it('is bounded, whatever it is', () => {
    expect(lastAnswer(answered('a'.repeat(100_000)), 'no', []).body).toHaveLength(2048);
    const { headers } = lastAnswer(answered('', { server: 'x'.repeat(5_000), 'set-cookie': 'no' }), 'no', []);
    expect(headers).toEqual({ server: 'x'.repeat(256) });
  });

  it('says why there was none', () => {
    expect(lastAnswer({ kind: 'not-sent', error: 'ECONNREFUSED' }, 'ECONNREFUSED', [])).toEqual({
      status: null,
      error: 'ECONNREFUSED',
      headers: {},
      body: '',
    });
  });
});
