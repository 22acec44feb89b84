import type { Present } from '@app/window';
import type { BatchingSettings } from '../config/batching.settings';

/** The setting in use, as it is compared with others: with `parallel`, batches are compared as if they were held. */
export function presentOf({ window, turns }: Pick<BatchingSettings, 'window' | 'turns'>): Present {
  const { quietMs: windowMs, endpointing, maxWaitMs, maxSize } = window;
  const { minMs, maxMs } = endpointing || { minMs: windowMs, maxMs: windowMs };
  const limits = { minMs, windowMs, maxMs, maxWaitMs, maxSize };
  const { supersede, maxSupersedes, start } = turns;
  if (!supersede) return { kind: 'hold', startMs: windowMs, maxSupersedes: 0, ...limits };
  const isEarly = start === 'auto' || (start !== null && start < windowMs);
  return isEarly
    ? { kind: 'early-start', startMs: start, maxSupersedes, ...limits }
    : { kind: 'supersede', startMs: windowMs, maxSupersedes, ...limits };
}
