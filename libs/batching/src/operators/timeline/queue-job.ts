import type { MergedMessage } from '@app/contracts';
import { jobKey } from '../../queue/queue';
import type { BatchStore } from '../../store/batch-store';

/** A batch's job, in whatever state it is. Times are ms since the epoch. */
export interface QueueJob {
  message: MergedMessage;
  /** A consumer has it in its hands. */
  isActive: boolean;
  /** A consumer has begun it at least once. */
  isBegun: boolean;
  finishedAt: number | null;
  /** Why it failed; null if it did not. */
  error: string | null;
  /** How our worker has ended it: `delivered`, `superseded`, `muted`, `late`; null if it has not, or another consumer did. */
  outcome: string | null;
  progress: JobProgress;
}

/** What our worker notes with a job, as far as a timeline shows it; another consumer's notes show nothing. */
export interface JobProgress {
  /** The words of the replies; null until the bot has answered. */
  replies: string[] | null;
  /** What became of each, as far as it is known. */
  sent: string[];
  /** Since when the bot owes a reply that it has promised, ms since the epoch; null if it owes none. */
  promisedAtMs: number | null;
  awaiting: { sinceMs: number; failures: number; isParked: boolean } | null;
  error: string | null;
}

const NOTHING_NOTED: JobProgress = {
  replies: null,
  sent: [],
  promisedAtMs: null,
  awaiting: null,
  error: null,
};

/**
 * The job of a batch; null if the queue has none, or no longer.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function readJob(store: BatchStore, batchId: string): Promise<QueueJob | null> {
  const key = jobKey(store.settings, batchId);
  const [fields, locks] = await store.commands((redis) =>
    Promise.all([
      redis.hmget(key, 'data', 'processedOn', 'finishedOn', 'failedReason', 'returnvalue', 'progress'),
      redis.exists(`${key}:lock`),
    ]),
  );
  const [data, begunOn, finishedOn, failedReason, returned, progress] = fields;
  const message = parsed(data) as MergedMessage | null;
  if (message === null || !('messages' in message)) return null;
  const { outcome = null } = objectOf(parsed(returned));
  return {
    message,
    isActive: locks === 1,
    isBegun: Boolean(begunOn),
    finishedAt: finishedOn ? Number(finishedOn) : null,
    error: finishedOn && failedReason ? failedReason : null,
    outcome: typeof outcome === 'string' ? outcome : null,
    progress: progressOf(parsed(progress)),
  };
}

function progressOf(noted: unknown): JobProgress {
  const { replies, sent, promisedAtMs, awaiting, lastAnswer } = objectOf(noted);
  const { sinceMs, failures = 0, isParked = false } = objectOf(awaiting);
  const { error } = objectOf(lastAnswer);
  return {
    replies: Array.isArray(replies) ? replies.map(wordsOf) : NOTHING_NOTED.replies,
    sent: Array.isArray(sent) ? sent.map(String) : NOTHING_NOTED.sent,
    promisedAtMs: typeof promisedAtMs === 'number' ? promisedAtMs : NOTHING_NOTED.promisedAtMs,
    awaiting:
      typeof sinceMs === 'number'
        ? { sinceMs, failures: Number(failures), isParked: isParked === true }
        : NOTHING_NOTED.awaiting,
    error: typeof error === 'string' ? error : NOTHING_NOTED.error,
  };
}

function wordsOf(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  const { text } = objectOf(reply);
  return typeof text === 'string' ? text : '';
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(json: string | null | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null') as unknown;
  } catch {
    return null;
  }
}
