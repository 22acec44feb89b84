import type { Windows } from './habit';

/** How a bot waits for a customer who may go on writing: what the settings of the same names make of a burst. */
export interface Waiting extends Windows {
  /** Silence after which the bot is called, its reply kept back until the window is over: `PREEMPTIVE_START`. */
  startMs: number;
  /** How often one batch's call may be superseded; 0: whatever comes makes the next batch (`BUSY_POLICY=hold`). */
  maxSupersedes: number;
  /** Longest wait from a batch's first message: `BATCH_MAX_WAIT`. Behind it nothing is superseded. */
  maxWaitMs: number;
  /** Most messages of a batch, due at once when it has them: `MAX_BATCH_SIZE`. */
  maxSize: number;
}

/** The limits of a batch, where nothing else is set. */
const LIMITS = { maxWaitMs: 60_000, maxSize: 10 };

/** `BUSY_POLICY=hold`: the bot is called when the window is over, and its reply is sent whatever comes. */
export function hold(windowMs: number, limits: Partial<Waiting> = {}): Waiting {
  return { ...always(windowMs), startMs: windowMs, maxSupersedes: 0, ...LIMITS, ...limits };
}

/** `BUSY_POLICY=supersede`: what comes before the reply is committed makes one call with what was there. */
export function supersede(windowMs: number, limits: Partial<Waiting> = {}): Waiting {
  return { ...always(windowMs), startMs: windowMs, maxSupersedes: 3, ...LIMITS, ...limits };
}

/** The same with `PREEMPTIVE_START`: the bot thinks while the window is open. */
export function earlyStart(startMs: number, windowMs: number, limits: Partial<Waiting> = {}): Waiting {
  return supersede(windowMs, { startMs, ...limits });
}

/** One window for every customer: `ENDPOINTING=fixed`. */
function always(windowMs: number): Windows {
  return { minMs: windowMs, windowMs, maxMs: windowMs };
}
