import type { Job } from 'bullmq';
import type { LastAnswer } from './bot/last-answer';
import type { ReplyState } from './replies/reply-state';

/**
 * How far a delivery has come. It is kept with the job, as its progress, so that whoever takes the job over goes on
 * from there, and an operator sees it.
 */
export interface DeliveryRecord {
  /** Failed attempts of what is being tried now, the call of the bot, then each reply, as far as they count against it. */
  attempts: number;
  /** Calls of the bot that were begun since the last that came to an end; more than one where workers died over it. */
  begun: number;
  /** Since a call failed, or none was made because the bot is away; null where none has, and once it has answered. */
  awaiting: AwaitingBot | null;
  /** What was answered to the last attempt that failed, or was not understood. */
  lastAnswer: LastAnswer | null;
  /** What the bot says; null until it has answered. From then on it is not called again. */
  replies: string[] | null;
  /** What became of each reply, in order, as far as that is known. */
  sent: ReplyState[];
  /** How often the next reply has been handed to its sender, ever: each time it needs a permission of its own. */
  handed: number;
  /** True once it became a dead letter: when it is redriven, attempts begin anew. */
  givenUp: boolean;
}

/** How a message waits for the bot. Times are ms since the epoch, by the clock of the worker that had it. */
export interface AwaitingBot {
  sinceMs: number;
  /** How many calls have failed. */
  failures: number;
  /** When the last of them did; null where none was made yet. */
  failedAtMs: number | null;
  /** True while it waits for a bot that is away, until somebody finds the bot again. */
  isParked: boolean;
}

const NEW: DeliveryRecord = {
  attempts: 0,
  begun: 0,
  awaiting: null,
  lastAnswer: null,
  replies: null,
  sent: [],
  handed: 0,
  givenUp: false,
};

/** What a dead letter begins with that is redriven. */
const ANEW = { attempts: 0, begun: 0, awaiting: null, givenUp: false } as const;

/** The record of one job: read once, written at every step. */
export class DeliveryProgress {
  private record: DeliveryRecord;

  constructor(private readonly job: Pick<Job, 'progress' | 'updateProgress'>) {
    const { progress } = job;
    const found = typeof progress === 'object' ? { ...NEW, ...(progress as Partial<DeliveryRecord>) } : NEW;
    this.record = found.givenUp ? { ...found, ...ANEW } : found;
  }

  get now(): Readonly<DeliveryRecord> {
    return this.record;
  }

  /** Resolves once the step is in Redis: what follows may rely on it. */
  async note(change: Partial<DeliveryRecord>): Promise<void> {
    this.record = { ...this.record, ...change };
    await this.job.updateProgress(this.record);
  }
}
