import type { MergedMessage } from '@app/contracts';
import { idOf } from './bot';
import { botMessage, turnIdOf } from './bot-message';

const NOW = 1_800_000_000_000;
const FACTS = { attempt: 1, isFinal: true, wasAskedFor: false, staleMs: 0, nowMs: NOW };

function message(receivedAt: number[], more: Partial<MergedMessage> = {}): MergedMessage {
  const messages = receivedAt.map((at) => ({ receivedAt: at }));
  return { batchId: 'b-2', flushedAt: NOW, messages, ...more } as unknown as MergedMessage;
}

describe('a call of the bot', () => {
  it('says that nothing can supersede it, and that its answer may be sent at once', () => {
    expect(botMessage(message([NOW]), FACTS)).toMatchObject({
      ...{ batchId: 'b-2', turnId: 'b-2', supersedes: [], attempt: 1, final: true, answerAt: NOW },
    });
  });

  it('says of a draft when its answer is sent, and which batches it repeats', () => {
    const draft = message([NOW], { final: false, answerAt: NOW + 7_500, supersedes: ['b-0', 'b-1'] });
    expect(botMessage(draft, { ...FACTS, attempt: 2, isFinal: false })).toMatchObject({
      ...{ batchId: 'b-2', turnId: 'b-0', supersedes: ['b-0', 'b-1'] },
      ...{ attempt: 2, final: false, answerAt: NOW + 7_500 },
    });
  });

  it('has an id of its own where the bot has asked for it: under the draft’s id it would answer as before', () => {
    const call = botMessage(message([NOW]), { ...FACTS, attempt: 2, wasAskedFor: true });
    expect(call).toMatchObject({ batchId: 'b-2', needsFinal: true });
    expect([idOf(call), idOf(botMessage(message([NOW]), FACTS))]).toEqual(['b-2:final', 'b-2']);
  });

  it('keeps the name of its turn however often that is superseded', () => {
    expect(turnIdOf(message([NOW]))).toBe('b-2');
    expect(turnIdOf(message([NOW], { supersedes: ['b-0', 'b-1'] }))).toBe('b-0');
  });

  it.each([
    ['is late where its last fragment came longer ago than is allowed', [90_000, 61_000], 60_000, true],
    ['is not where that is not so', [90_000, 59_000], 60_000, undefined],
    ['is never late where nothing is', [90_000], 0, undefined],
  ] as const)('%s', (_, agesMs, staleMs, late) => {
    const call = botMessage(message(agesMs.map((age) => NOW - age)), { ...FACTS, staleMs });
    expect(call.late).toBe(late);
  });
});
