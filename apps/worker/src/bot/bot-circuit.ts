import type { BotOutcome } from './bot';

/** An absence of the bot, as this process sees it. */
export interface Absence {
  /** When the first of the failed calls in a row failed, ms since the epoch; no call was answered after it. */
  sinceMs: number;
  /** The error that opened the circuit; it stays the same while the bot is away. */
  error: string;
}

/** The right to make one call of the bot. */
export interface Permit {
  /** Reports how the call ended, or that none was made; only the first report counts. */
  end(outcome?: BotOutcome): void;
}

/** Fewer failures in a row are left to each message's own retries. */
const FAILURES_TO_OPEN = 3;
/** How long until a bot that is away is tried again, ms: twice as long each time, because it may be starting under load. */
const PROBE = { firstMs: 1_000, longestMs: 15_000 } as const;

/**
 * Knows whether one bot is there, from the results of this process's calls.
 *
 * Closed: calls are made. Open, after three calls in a row that failed as they do when a bot is away: no calls are made,
 * except one from time to time, the probe. The first answer of 2xx closes it, of whichever call. A 4xx closes nothing,
 * because it may come from a proxy before a bot that is away.
 *
 * Each process has its own state, because it may be this host that has lost its way to the bot. Nothing depends on the
 * state being remembered: a new process finds out again with three calls, which count against no message.
 */
export class BotCircuit {
  /** True while other workers reach the bot and this one leaves the jobs to them; `BotWatch` sets it. */
  leavesJobsToOthers = false;
  /** Called when a probe has shown nothing, because its message was superseded or put off: another may be the probe. */
  onProbeUnused: () => void = () => undefined;
  private failuresInARow = 0;
  private firstFailedAtMs = 0;
  private open: { absence: Absence; probes: number; probeAtMs: number; isProbing: boolean } | null = null;
  private answeredAtMs: number | null = null;

  /**
   * @param clock the clock of all times of an absence, also of those noted with jobs: it is the same for every worker. When
   * to probe is this process's own affair, and goes by what no clock that is set can move.
   */
  constructor(private readonly clock: { readonly nowMs: number; readonly monotonicMs: number }) {}

  /** ms since the epoch, by Redis. */
  get nowMs(): number {
    return this.clock.nowMs;
  }

  /** Null while calls are made. */
  get absence(): Absence | null {
    return this.open?.absence ?? null;
  }

  /** True if the bot is away and it is time to try it again. */
  get isProbeDue(): boolean {
    return this.open !== null && !this.open.isProbing && this.clock.monotonicMs >= this.open.probeAtMs;
  }

  /** True if the bot has answered any call of this process with 2xx since then: it was there, whatever failed. */
  hasAnsweredSince(ms: number): boolean {
    return this.answeredAtMs !== null && this.answeredAtMs >= ms;
  }

  /** Null while the bot is away: the message must wait. */
  begin(): Permit | null {
    if (this.open !== null && !this.isProbeDue) return null;
    const isProbe = this.open !== null;
    if (this.open) this.open.isProbing = true;
    let isOver = false;
    return {
      end: (outcome) => {
        if (isOver) return;
        isOver = true;
        if (isProbe && this.open) this.open.isProbing = false;
        if (outcome) this.hear(outcome, isProbe);
        if (isProbe && this.isProbeDue) this.onProbeUnused();
      },
    };
  }

  private hear(outcome: BotOutcome, isProbe: boolean): void {
    if (outcome.kind === 'answered' || outcome.kind === 'promised') {
      this.answeredAtMs = this.nowMs;
      this.failuresInARow = 0;
      this.open = null;
    } else if (outcome.kind === 'unavailable') {
      this.fail(outcome.answer.error, outcome.retryAfterMs ?? 0, isProbe);
    } else if (outcome.kind === 'refused' && isProbe) {
      this.postpone(0, true);
    }
  }

  private fail(error: string, askedMs: number, isProbe: boolean): void {
    if (this.failuresInARow === 0) this.firstFailedAtMs = this.nowMs;
    this.failuresInARow += 1;
    if (this.open === null && this.failuresInARow >= FAILURES_TO_OPEN) {
      const absence = { sinceMs: this.firstFailedAtMs, error };
      this.open = { absence, probes: 0, probeAtMs: 0, isProbing: false };
      // Until it answers again no message is to blame, whatever the clocks of the processes that had it before say.
      this.answeredAtMs = null;
      this.postpone(askedMs, true);
    } else {
      this.postpone(askedMs, isProbe);
    }
  }

  /** @param askedMs how long the bot asked not to be called; it never shortens the wait. */
  private postpone(askedMs: number, isProbeOver: boolean): void {
    if (this.open === null) return;
    const backoffMs = isProbeOver ? Math.min(PROBE.firstMs * 2 ** this.open.probes, PROBE.longestMs) : 0;
    if (isProbeOver) this.open.probes += 1;
    const earliestMs = this.clock.monotonicMs + Math.max(backoffMs, askedMs);
    this.open.probeAtMs = Math.max(this.open.probeAtMs, earliestMs);
  }
}
