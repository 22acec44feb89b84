import { NEW_DELIVERY } from './delivery-progress';
import { nextStep } from './next-step';

describe('the next step of a delivery', () => {
  const answered = { ...NEW_DELIVERY, replies: ['Hello'] };

  it.each([
    ['calls the bot first', NEW_DELIVERY, false, 'call'],
    ['commits its answer', answered, false, 'commit'],
    ['sends what is committed', answered, true, 'reply'],
    ['tells a bot that asks for it', { ...answered, commit: { booking: 1 } }, true, 'confirm'],
    ['tells it once', { ...answered, commit: { booking: 1 }, isConfirmed: true }, true, 'reply'],
    [
      'commits a draft that the bot wants to answer finally',
      { ...NEW_DELIVERY, needsFinal: true },
      false,
      'commit',
    ],
    ['and then calls it once more', { ...NEW_DELIVERY, needsFinal: true }, true, 'call'],
    ['waits for a reply that was promised', { ...NEW_DELIVERY, promisedAtMs: 1 }, false, 'await'],
    ['commits it like any other', { ...answered, promisedAtMs: null }, false, 'commit'],
    [
      'commits a draft before it waits for what its final call was promised',
      { ...NEW_DELIVERY, needsFinal: true, promisedAtMs: 1 },
      false,
      'commit',
    ],
    ['and then waits', { ...NEW_DELIVERY, needsFinal: true, promisedAtMs: 1 }, true, 'await'],
    [
      'leaves the conversation to humans before it replies',
      { ...answered, handover: 'asked' },
      true,
      'handover',
    ],
    ['but not what is not committed', { ...answered, handover: 'asked' }, false, 'commit'],
    ['and leaves it once', { ...answered, handover: 'done' }, true, 'reply'],
    ['looks at nothing again once a reply has gone', { ...answered, handed: 1 }, false, 'reply'],
  ] as const)('%s', (_, record, isCommitted, step) => {
    expect(nextStep(record as typeof NEW_DELIVERY, isCommitted)).toBe(step);
  });
});
