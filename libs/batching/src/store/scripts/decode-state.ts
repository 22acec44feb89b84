import { Unpackr } from 'msgpackr';
import type { ConversationState } from './state.fragment';

// As Lua packs it: maps with names, times as 64-bit integers that a number holds exactly.
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' });

/** A conversation's state as it is stored; one that cannot be read, as where there is none. */
export function decodeState(packed: Buffer | null): ConversationState {
  if (packed === null) return {};
  try {
    const state: unknown = unpackr.unpack(packed);
    return typeof state === 'object' && state !== null ? state : {};
  } catch {
    return {};
  }
}
