import type { BotCircuit } from '../bot/bot-circuit';
import type { LastAnswer } from '../bot/last-answer';
import type { DeliveryOutcome } from './delivery-outcome';

/**
 * How long a message waits for a bot that is away before it comes back by itself, ms. A worker that finds the bot again
 * fetches it sooner; this is for messages whose worker dies meanwhile, and long, because thousands may wait.
 */
const AWAY_MS = 10 * 60_000;

/** How soon another worker that reaches the bot may have it, ms: by then this one takes no more jobs. */
const ASIDE_MS = 1_000;

/** How long a message waits for a bot that is away. */
export class OutagePatience {
  /** @param outageMaxMs from the first failed call. */
  constructor(
    private readonly circuit: BotCircuit,
    private readonly outageMaxMs: number,
  ) {}

  /** True if a message that must wait now is to be found again by whichever worker finds the bot. */
  get isToBeParked(): boolean {
    return this.circuit.absence !== null && !this.circuit.leavesJobsToOthers;
  }

  /** @param isParked as it was noted: no look would find a job that is delayed for long and not marked. */
  putOff(sinceMs: number, isParked: boolean): DeliveryOutcome {
    const delayMs = isParked ? Math.min(AWAY_MS, this.leftMs(sinceMs)) : ASIDE_MS;
    return { kind: 'later', delayMs, why: 'away' };
  }

  isOver(sinceMs: number): boolean {
    return this.leftMs(sinceMs) <= 0;
  }

  /** Why nothing more is tried. */
  reason(sinceMs: number, lastAnswer: LastAnswer | null): string {
    const error = lastAnswer?.error ?? this.circuit.absence?.error ?? 'no answer';
    const seconds = Math.round((this.circuit.nowMs - sinceMs) / 1000);
    return `the bot has been away for ${seconds} s, longer than BOT_OUTAGE_MAX: ${error}`;
  }

  private leftMs(sinceMs: number): number {
    return sinceMs + this.outageMaxMs - this.circuit.nowMs;
  }
}
