import { type Candidate, isSame, type Kind, variablesOf } from './candidates';
import type { Windows } from './habit';
import type { Score } from './score';

/** A setting, and what it comes to. */
export interface Row extends Score, Windows {
  kind: Kind;
  startMs: number;
  /** The variables that make it. */
  variables: Record<string, string>;
  isPresent: boolean;
  /** Its window is longer than the present one, and so reaches beyond what the history shows. */
  isBeyond: boolean;
}

/** A candidate that was played, seen from the present setting. */
export function rowOf(candidate: Candidate, score: Score, present: Candidate): Row {
  const { minMs, windowMs, maxMs, startMs } = candidate.waiting;
  return {
    kind: candidate.kind,
    minMs,
    windowMs,
    maxMs,
    startMs,
    variables: variablesOf(candidate),
    isPresent: isSame(candidate, present),
    isBeyond: windowMs > present.waiting.windowMs,
    ...score,
  };
}
