import { Logger } from '@nestjs/common';
import { StoreUnavailableError } from '@app/batching';
import { takeInTurn, type Taken, worstOf } from './in-turn';
import { overCap } from './over-cap';

interface Item {
  conversation: string | null;
  /** The effect of taking it. */
  does: () => Promise<string>;
}

const taken = (): Promise<string> => Promise.resolve('taken');
const full =
  (id: string): (() => Promise<string>) =>
  () =>
    Promise.reject(overCap(id, { dueAt: 3_000, now: 1_000 }));
const away = (): Promise<string> => Promise.reject(new StoreUnavailableError('away'));
const broken = (): Promise<string> => Promise.reject(new TypeError('broken'));

function take(
  ...items: [conversation: string | null, does: () => Promise<string>][]
): Promise<Taken<string>> {
  return takeInTurn<Item, string>(
    items.map(([conversation, does]) => ({ conversation, does })),
    {
      conversationOf: ({ conversation }) => conversation,
      take: ({ does }) => does(),
      refused: (_, { reason }) => reason,
    },
  );
}

describe('the items of one request', () => {
  beforeAll(() => void Logger.overrideLogger(false));
  afterAll(() => void Logger.overrideLogger(['log', 'error', 'warn', 'debug', 'verbose', 'fatal']));

  it('are taken in their order', async () => {
    const order: string[] = [];
    const note = (name: string) => (): Promise<string> => Promise.resolve(String(order.push(name)));
    expect((await take(['a', note('1')], ['b', note('2')], [null, note('3')])).refusals).toEqual([]);
    expect(order).toEqual(['1', '2', '3']);
  });

  it('do not stop those of other conversations, whatever becomes of them', async () => {
    for (const [does, reason] of [
      [full('a'), 'over-cap'],
      [away, 'unavailable'],
      [broken, 'fault'],
    ] as const) {
      expect((await take(['a', does], ['b', taken], [null, taken])).answers).toEqual([
        reason,
        'taken',
        'taken',
      ]);
    }
  });

  it('stop those behind them in their own, which would be stored before them otherwise', async () => {
    for (const does of [full('a'), away, broken]) {
      const { answers } = await take(['a', taken], ['a', does], ['a', taken], ['a', taken], ['b', taken]);
      expect([answers[0], ...answers.slice(2)]).toEqual(['taken', 'behind', 'behind', 'taken']);
    }
  });

  it('stop those that name the conversation by its customer’s other id', async () => {
    expect((await take(['wa-lid:1', full('a')], ['a', taken])).answers).toEqual(['over-cap', 'behind']);
  });

  it('are not all tried on a Redis that only lets time pass', async () => {
    const hanging = jest.fn(async (): Promise<string> => {
      await new Promise((done) => setTimeout(done, 500));
      return away();
    });
    const { answers } = await take(['a', hanging], ['b', hanging], ['c', hanging]);
    expect(answers).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(hanging).toHaveBeenCalledTimes(1);
  });

  it('are answered with the worst that one of them heard, and the longest wait', async () => {
    const { refusals, answers } = await take(['a', broken], ['b', full('b')], ['c', away], ['d', taken]);
    expect(worstOf(refusals, [{}, {}, {}, {}])).toMatchObject({
      status: 503,
      retryAfterS: 2,
      problem: { results: [{}, {}, {}, {}] },
    });
    expect(answers.at(-1)).toBe('taken');
    const [fault, overfull] = [await take(['a', broken]), await take(['a', broken], ['b', full('b')])];
    expect(worstOf(fault.refusals, [{}, {}])).toMatchObject({ status: 500 });
    expect(worstOf(overfull.refusals, [{}, {}])).toMatchObject({ status: 429, retryAfterS: 2 });
  });
});
