import { type Look, StoreUnavailableError, type WaitingBatches } from '@app/batching';
import type { Settings } from '@app/settings';
import { SwitchedOff } from './switched-off';

/** A look has two steps. */
const WHOLE = ['0', '17'];

describe('what waits for a bot that is switched off', () => {
  let switchOff: () => void;
  let switchedOff: SwitchedOff;
  /** Where each step of a look began, and when, ms. */
  let steps: { from: string; atMs: number }[];
  let heard: () => void;
  let step: (from: string) => Look;

  beforeEach(() => {
    steps = [];
    heard = () => undefined;
    step = (from) => ({ next: from === '0' ? '17' : null, found: 1 });
    const hearOff = async (from: string): Promise<Look> => {
      steps.push({ from, atMs: performance.now() });
      await Promise.resolve();
      heard();
      return step(from);
    };
    const whenBotOff = (run: () => void): void => {
      switchOff = run;
    };
    switchedOff = new SwitchedOff(
      { hearOff } as unknown as WaitingBatches,
      { whenBotOff } as unknown as Settings,
    );
    switchedOff.onApplicationBootstrap();
  });
  afterEach(() => switchedOff.beforeApplicationShutdown());

  const begun = (): string[] => steps.map(({ from }) => from);

  /** Resolves when the look has made so many steps; a further one would come without a pause. */
  async function made(howMany: number): Promise<void> {
    await new Promise<void>((resolve) => {
      heard = () => {
        if (steps.length >= howMany) resolve();
      };
      heard();
    });
    await new Promise(setImmediate);
  }

  it('is looked at once, all of it, at a pace', async () => {
    expect(begun()).toEqual([]);
    switchOff();
    await made(2);
    expect(begun()).toEqual(WHOLE);
    const [first, second] = steps.map(({ atMs }) => atMs) as [number, number];
    expect(second - first).toBeGreaterThan(200);
  });

  it('is looked at once more, from the beginning, where another is switched off meanwhile', async () => {
    switchOff();
    await made(1);
    switchOff();
    switchOff();
    await made(4);
    expect(begun()).toEqual([...WHOLE, ...WHOLE]);
    switchOff();
    await made(6);
    expect(begun()).toEqual([...WHOLE, ...WHOLE, ...WHOLE]);
  });

  it('is looked at from the beginning until Redis is back', async () => {
    const there = step;
    step = (from) => {
      if (steps.length === 2) throw new StoreUnavailableError('away');
      return there(from);
    };
    switchOff();
    await made(4);
    expect(begun()).toEqual([...WHOLE, ...WHOLE]);
  });

  it('is left to the other workers by one that closes', async () => {
    switchOff();
    await made(1);
    await switchedOff.beforeApplicationShutdown();
    expect(begun()).toEqual(['0']);
    switchOff();
    await new Promise(setImmediate);
    expect(begun()).toEqual(['0']);
  });
});
