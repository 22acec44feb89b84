import type { BatchingSettings } from '../config/batching.settings';
import { presentOf } from './present-waiting';

const WINDOW = {
  quietMs: 9_000,
  endpointing: false,
  maxWaitMs: 60_000,
  maxSize: 10,
} as BatchingSettings['window'];

/** The setting in use, with `BUSY_POLICY=supersede` unless something else is said. */
function present(
  turns: Partial<BatchingSettings['turns']>,
  window: Partial<BatchingSettings['window']> = {},
): object {
  const all = { supersede: true, maxSupersedes: 3, start: null, ...turns } as BatchingSettings['turns'];
  return presentOf({ window: { ...WINDOW, ...window }, turns: all });
}

describe('the setting in use', () => {
  const limits = { minMs: 9_000, windowMs: 9_000, maxMs: 9_000, maxWaitMs: 60_000, maxSize: 10 };

  it.each([
    ['hold', { supersede: false }, { kind: 'hold', startMs: 9_000, maxSupersedes: 0 }],
    ['supersede', {}, { kind: 'supersede', startMs: 9_000, maxSupersedes: 3 }],
    ['an early start', { start: 1_500 }, { kind: 'early-start', startMs: 1_500, maxSupersedes: 3 }],
    ['an automatic one', { start: 'auto' }, { kind: 'early-start', startMs: 'auto', maxSupersedes: 3 }],
    ['a start that is not early', { start: 9_000 }, { kind: 'supersede', startMs: 9_000, maxSupersedes: 3 }],
  ] as const)('is %s', (_, turns, expected) => {
    expect(present(turns)).toEqual({ ...limits, ...expected });
  });

  it('is by habit', () => {
    const endpointing = { minMs: 4_000, maxMs: 15_000 };
    expect(present({ start: 1_500 }, { endpointing })).toMatchObject({ ...endpointing, windowMs: 9_000 });
  });
});
