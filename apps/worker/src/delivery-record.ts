import type { Job } from 'bullmq';
import type { LastAnswer } from './bot/last-answer';
import type { ReplyState } from './replies/reply-state';

/**
 * How far a delivery has come. It is kept with the job, as its progress, so that whoever takes the job over goes on
 * from there, and an operator sees it.
 */
export interface DeliveryRecord {
  /** Attempts of what is being tried now: the call of the bot, then each reply; counted before they begin. */
  attempts: number;
  /** What was answered to the last attempt that failed. */
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

const NEW: DeliveryRecord = {
  attempts: 0,
  lastAnswer: null,
  replies: null,
  sent: [],
  handed: 0,
  givenUp: false,
};

/** The record of one job: read once, written at every step. */
export class RecordedDelivery {
  private record: DeliveryRecord;

  constructor(private readonly job: Pick<Job, 'progress' | 'updateProgress'>) {
    const { progress } = job;
    const found = typeof progress === 'object' ? { ...NEW, ...(progress as Partial<DeliveryRecord>) } : NEW;
    this.record = found.givenUp ? { ...found, attempts: 0, givenUp: false } : found;
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
