import type { Job } from 'bullmq';
import type { JobProgress } from '@app/batching';
import type { OutgoingMessage } from '@app/replies';
import type { LeftByAnswer } from '../bot/bot';
import type { LastAnswer } from '../bot/last-answer';
import type { ReplyState } from '../replies/reply-state';

/**
 * How far a delivery has come. It is kept with the job, as its progress, so that the next worker continues
 * from there, and an operator sees it.
 */
export interface DeliveryRecord {
  /** Failed attempts of the present step (the call of the bot, then each reply), as far as they count against the message. */
  attempts: number;
  /** Calls of the bot that were begun since the last that ended; more than one if workers died over it. */
  begun: number;
  /** Calls of the bot with this batch that were begun, in all; to tell it of a commit is none. */
  calls: number;
  /** Since a call failed, or none was made because the bot is away; null if neither has happened, and once it has answered. */
  awaiting: AwaitingBot | null;
  /** The answer to the last attempt that failed, or that was not understood. */
  lastAnswer: LastAnswer | null;
  /**
   * The messages that say the bot's replies, as they are sent; null until it has answered. From then on it is not called
   * again, and they are not shaped again: a number in `sent` means the same message for every worker and version.
   */
  replies: OutgoingMessage[] | null;
  /** What the answer left for the conversation's next call, until it is kept; null if nothing. */
  left: LeftByAnswer | null;
  /** Until when the colleagues' words are of which it was told, ms, until they are forgotten; null if of none. */
  colleaguesUntil: number | null;
  /** How long its answer took, ms. */
  botMs: number | null;
  /** When the call began to which the bot answered that its reply comes later, ms since the epoch, by Redis; null if it owes none. */
  promisedAtMs: number | null;
  /** The bot answers this draft only when it is final: it is called once more. */
  needsFinal: boolean;
  /** What the bot is told once its answer is committed; null: nothing. */
  commit: object | null;
  /** The bot has been told. */
  isConfirmed: boolean;
  /** Humans are to answer from now on: `asked` until that is arranged; null if the bot does not ask for it. */
  handover: 'asked' | 'done' | null;
  /** The state of each reply, in order, as far as it is known. */
  sent: ReplyState[];
  /** How often the next reply has been handed to its sender, in total: each time needs its own permission. */
  handed: number;
  /** The last reply before which there was a pause; 0: none yet. */
  paced: number;
  /** The batch was about to end without an answer: its job may take no late reply any more, or may have one. */
  closed: boolean;
  /** True once it became a dead letter: when it is redriven, attempts start again at zero. */
  givenUp: boolean;
}

/** How a message waits for the bot. Times are ms since the epoch, by Redis's clock. */
export interface AwaitingBot {
  sinceMs: number;
  /** How many calls have failed. */
  failures: number;
  /** When the last call failed; null if none was made yet. */
  failedAtMs: number | null;
  /** True while it waits for a bot that is away, until a worker finds the bot again. */
  isParked: boolean;
  /** The company whose own bot it waits for; left out: the environment's. */
  bot?: string;
}

/** The record of a job that no worker has begun. */
export const NEW_DELIVERY: DeliveryRecord = {
  attempts: 0,
  begun: 0,
  calls: 0,
  awaiting: null,
  lastAnswer: null,
  replies: null,
  left: null,
  colleaguesUntil: null,
  botMs: null,
  promisedAtMs: null,
  needsFinal: false,
  commit: null,
  isConfirmed: false,
  handover: null,
  sent: [],
  handed: 0,
  paced: 0,
  closed: false,
  givenUp: false,
};

/** The first values of a redriven dead letter. */
const ANEW = { attempts: 0, begun: 0, awaiting: null, promisedAtMs: null, givenUp: false } as const;

/**
 * The record of one job: read once, written at every step. Each writing step proves that this worker still has the job, so what is
 * done next, a call of the bot or a reply, is done by one worker.
 */
export class DeliveryProgress {
  private record: DeliveryRecord;

  constructor(
    private readonly job: Pick<Job, 'id' | 'progress' | 'token'>,
    private readonly inJob: Pick<JobProgress, 'note'>,
  ) {
    const { progress } = job;
    const noted = typeof progress === 'object' ? (progress as Partial<DeliveryRecord>) : {};
    const found = { ...NEW_DELIVERY, ...noted };
    this.record = found.givenUp ? { ...found, ...ANEW } : found;
  }

  get now(): Readonly<DeliveryRecord> {
    return this.record;
  }

  /** The lock under which the queue has given the job to this worker. */
  get lock(): string {
    return this.job.token ?? '';
  }

  /**
   * Resolves once the step is in Redis: the next step may rely on it.
   *
   * @throws JobLostError if another worker has the job by now, or is about to: nothing was noted, and nothing more may be done.
   */
  async note(change: Partial<DeliveryRecord>): Promise<void> {
    this.record = { ...this.record, ...change };
    await this.inJob.note(this.job, this.record);
  }

  /** The same, before a step that leaves no record of its own. */
  confirm(): Promise<void> {
    return this.note({});
  }
}
