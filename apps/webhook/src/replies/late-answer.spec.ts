import { ProblemException } from '@app/platform';
import { lateAnswerOf } from './late-answer';

/** The status and the fields at fault. */
function refusalOf(body: unknown): [number, string[]] {
  try {
    lateAnswerOf(body);
  } catch (error) {
    const { problem } = error as ProblemException;
    return [(error as ProblemException).getStatus(), (problem.errors ?? []).map(({ field }) => field)];
  }
  throw new Error('it was taken');
}

describe('what a bot says later', () => {
  const media = { type: 'image', url: 'https://files.example/a.png' };
  const buttons = [{ id: '18', text: '18:00' }];

  it.each([
    [{ reply: 'one' }, [{ text: 'one' }]],
    [{ replies: ['one', { text: 'two', media }] }, [{ text: 'one' }, { text: 'two', media }]],
    [{ reply: { text: 'which?', buttons } }, [{ text: 'which?', buttons }]],
    [
      [{ reply: 'one' }, { reply: 'two' }],
      [{ text: 'one' }, { text: 'two' }],
    ],
    [{ reply: '' }, []],
    [{ replies: [], note: 'nothing to say' }, []],
  ])('is read as an answer to the call is: %j', (body, replies) => {
    expect(lateAnswerOf(body)).toEqual({ replies, commit: null });
  });

  it('may leave the customer to humans', () => {
    expect(lateAnswerOf({ handover: true })).toEqual({ replies: [], commit: null, handover: true });
  });

  it('may be committed', () => {
    expect(lateAnswerOf({ reply: 'booked', commit: { slot: 18 } })).toEqual({
      replies: [{ text: 'booked' }],
      commit: { slot: 18 },
    });
  });

  it.each([
    [{}, ['reply']],
    [{ answer: 'one' }, ['reply']],
    ['one', ['reply']],
    [null, ['reply']],
    [{ reply: 7 }, ['reply']],
    [{ reply: '', needsFinal: true }, ['needsFinal']],
    [{ replies: Array.from({ length: 21 }, () => 'one') }, ['replies']],
    [{ reply: 'x'.repeat(65_537) }, ['replies']],
  ])('is refused, and nothing of it taken: %j', (body, fields) => {
    expect(refusalOf(body)).toEqual([400, fields]);
  });

  it('has a limit, and is not nested without end', () => {
    const endless = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as object;
    expect(refusalOf({ reply: 'one', commit: endless })).toEqual([400, ['reply']]);
    expect(refusalOf({ reply: 'one', commit: { note: 'x'.repeat(1024 ** 2) } })).toEqual([413, []]);
  });
});
