import { ENGLISH, inEnglish, sentence } from './english';
import { namesIn, phrase } from './sentence';

it('fills in counts, durations, times and terms', () => {
  const silence = sentence('filling.silence', { messages: 1, dueAt: 0 });
  expect(inEnglish(silence)).toBe(
    'Not handed off yet: 1 message; waits for the customer’s silence, until 1970-01-01T00:00:00.000Z',
  );
  const took = sentence('takeover.nothing', { took: 'handover' });
  expect(inEnglish(took)).toBe('The bot handed the conversation over to humans');
});

it('leaves out a part that lacks one of its values, and only that', () => {
  const text = (openMs: number | null, silenceMs: number | null): string =>
    inEnglish(
      sentence('handed-off', {
        ...{ messages: 4, openMs, reason: 'quiet', silenceMs, windowMs: 9_000, rule: 'fixed' },
        ...{
          habitMs: null,
          level: null,
          splits: null,
          turns: null,
          kind: null,
          supersedes: null,
          replayOf: null,
        },
      }),
    );
  expect(text(12_000, 9_000)).toBe(
    'Handed off: 4 messages, over 12.0 s, because the customer was silent for 9.0 s (window 9.0 s: fixed)',
  );
  expect(text(null, null)).toBe(
    'Handed off: 4 messages, because the customer was silent (window 9.0 s: fixed)',
  );
});

it('leaves braces alone that hold no name, and gives values to whoever shows them', () => {
  expect(namesIn('Let it answer {"reply": "…"}')).toEqual([]);
  const asked = sentence('filling.held.mend', { release: 'POST /admin/…' });
  expect(phrase(asked, ENGLISH, (name, value) => ({ name, value }))).toEqual([
    { name: 'release', value: 'POST /admin/…' },
    ' ends the hold',
  ]);
});

it('has no words for a code of another version', () => {
  expect(phrase({ code: 'of-tomorrow', values: {} }, ENGLISH, String)).toBeNull();
});
