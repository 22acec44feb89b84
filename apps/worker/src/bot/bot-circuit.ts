import type { BotOutcome } from './bot';

/** A bot that is away, as this process has found it. */
export interface Absence {
  /** When the first of the calls in a row failed that no other was answered after, ms since the epoch. */
  sinceMs: number;
  /** Why that was thought; it stays the same while the bot is away. */
  error: string;
}

/** The right to make one call of the bot. */
export interface Permit {
  /** Says how the call ended, or that none was made; only the first time counts. */
  end(outcome?: BotOutcome): void;
}

/** Fewer failures in a row are left to each message's own retries. */
const FAILURES_TO_OPEN = 3;
/** How long until a bot that is away is asked again, ms: twice as long each time, for it may be starting under load. */
const PROBE = { firstMs: 1_000, longestMs: 15_000 } as const;

/**
 * Knows whether the bot is there, from how this process's calls of it end.
 *
 * Closed: calls are made. Open, after three calls in a row that failed as they do when a bot is away: none is made but,
 * from time to time, one, the probe. It closes with the first answer of 2xx, of whichever call. A 4xx closes nothing:
 * the proxy before a bot that is away may say it too.
 *
 * The state is the process's own, for it may be this host that has lost its way to the bot, and nothing depends on it
 * being remembered: a process that starts finds out anew with three calls, which count against no message.
 */
export class BotCircuit {
  /** True where other workers have the bot, and this one leaves the jobs to them; set by whoever sees them. */
  isAside = false;
  private failuresInARow = 0;
  private firstFailedAtMs = 0;
  private open: { absence: Absence; probes: number; probeAtMs: number; isProbing: boolean } | null = null;
  private answeredAtMs: number | null = null;

  /** @param clock all times of the bot's absence go by it, also those that are noted with jobs: every worker's is the same. */
  constructor(private readonly clock: { readonly nowMs: number }) {}

  /** ms since the epoch, by Redis. */
  get nowMs(): number {
    return this.clock.nowMs;
  }

  /** Null while calls are made. */
  get absence(): Absence | null {
    return this.open?.absence ?? null;
  }

  /** True where the bot is away and it is time to ask it again. */
  get isProbeDue(): boolean {
    return this.open !== null && !this.open.isProbing && this.nowMs >= this.open.probeAtMs;
  }

  /** True where the bot has answered any call of this process with 2xx since then: it was there, whatever failed. */
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
      },
    };
  }

  private hear(outcome: BotOutcome, isProbe: boolean): void {
    if (outcome.kind === 'answered') {
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
      // Until it answers again no message is to blame, whatever the clocks of those say that had it before.
      this.answeredAtMs = null;
      this.postpone(askedMs, true);
    } else {
      this.postpone(askedMs, isProbe);
    }
  }

  /** @param askedMs for how long the bot wants to be left alone; it never shortens the wait. */
  private postpone(askedMs: number, isProbeOver: boolean): void {
    if (this.open === null) return;
    const backoffMs = isProbeOver ? Math.min(PROBE.firstMs * 2 ** this.open.probes, PROBE.longestMs) : 0;
    if (isProbeOver) this.open.probes += 1;
    this.open.probeAtMs = Math.max(this.open.probeAtMs, this.nowMs + Math.max(backoffMs, askedMs));
  }
}
