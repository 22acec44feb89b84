import type { StoredMessage } from '@app/contracts';
import { jobKey } from '../queue/queue';
import type { BatchStore } from '../store/batch-store';
import { fieldsOf } from '../store/entry-fields';
import { newestFirst } from '../store/newest-first';

/** When a batch's messages came, and what became of it: nothing of what was written. Times are ms since the epoch. */
export interface BatchTimes {
  conversationId: string;
  /** In order of arrival, without what was stale then. */
  receivedAt: number[];
  flushedAt: number;
  /**
   * When its job was done, and how long the bot took, ms: as the worker noted it, else as long as the last attempt of the job.
   * Null if the job is not done, was given up, or is no longer kept.
   */
  answer: { at: number; botMs: number } | null;
}

// Entries held in memory at a time; in a cluster, a few of each partition.
const READ_AT_ONCE = 200;

/**
 * The batches of the history in pages, newest first. It only reads, and what was written stays no longer than its page.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function* historyTimes(store: BatchStore): AsyncGenerator<BatchTimes[]> {
  const streams = store.partitions.all.map(({ history }) => history);
  let page: string[][] = [];
  for await (const { fields } of newestFirst(store, streams, READ_AT_ONCE, null)) {
    page.push(fields);
    if (page.length < READ_AT_ONCE) continue;
    yield await timesOfAll(store, page);
    page = [];
  }
  yield await timesOfAll(store, page);
}

function timesOfAll(store: BatchStore, page: readonly string[][]): Promise<BatchTimes[]> {
  return Promise.all(page.map((fields) => timesOf(store, fields)));
}

async function timesOf(store: BatchStore, fields: readonly string[]): Promise<BatchTimes> {
  const field = fieldsOf(fields);
  const messages = JSON.parse(field('messages')) as StoredMessage[];
  return {
    conversationId: field('conversation'),
    receivedAt: messages.filter(({ stale }) => !stale).map(({ receivedAt }) => receivedAt),
    flushedAt: Number(field('flushedAt')),
    answer: await answerOf(store, field('batch')),
  };
}

async function answerOf(store: BatchStore, batchId: string): Promise<BatchTimes['answer']> {
  const job = jobKey(store.settings, batchId);
  const [begunAt, doneAt, failure, progress] = await store.commands((redis) =>
    redis.hmget(job, 'processedOn', 'finishedOn', 'failedReason', 'progress'),
  );
  if (!begunAt || !doneAt || failure) return null;
  const at = Number(doneAt);
  return { at, botMs: notedBotMs(progress) ?? at - Number(begunAt) };
}

/** What our worker notes with a job; other consumers note what they like. */
function notedBotMs(progress: string | null | undefined): number | null {
  const noted: unknown = JSON.parse(progress ?? 'null');
  if (typeof noted !== 'object' || noted === null || !('botMs' in noted)) return null;
  return typeof noted.botMs === 'number' ? noted.botMs : null;
}
