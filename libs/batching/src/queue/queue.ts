import type { RegisterQueueOptions } from '@nestjs/bullmq';
import type { ConnectionOptions } from 'bullmq';
import type { BatchingSettings } from '../config/batching.settings';

/** The injection name of the queue; its name in Redis is `QUEUE_NAME`. */
export const MERGED_MESSAGES = 'merged-messages';

/** Injection token of the events on the queue, whichever process causes them. */
export const QUEUE_EVENTS = Symbol('QUEUE_EVENTS');

// By age and never by count, because a busy day would remove a job before anyone could look at it.
export const KEEP_FINISHED = { age: 24 * 3600 };

/** The key of a job, which is BullMQ's: data that must live exactly as long as the job is kept in it. */
export function jobKey(settings: BatchingSettings, jobId: string): string {
  return queueKey(settings, jobId);
}

/** The key of the lock under which the queue has given a job to a worker; its value is that worker's token for this run. */
export function lockKey(settings: BatchingSettings, jobId: string): string {
  return `${jobKey(settings, jobId)}:lock`;
}

/** The key of another part of a BullMQ queue, such as `failed`, for readers. */
export function queueKey({ handOff, redis }: BatchingSettings, part: string): string {
  return `${queuePrefix(redis)}:${handOff.queueName}:${part}`;
}

/** What every user of the queue must set alike: its name and the prefix of its keys. */
export function queueOptions(
  { handOff, redis }: BatchingSettings,
  connection: ConnectionOptions,
): RegisterQueueOptions & { connection: ConnectionOptions; prefix: string; name: string } {
  return { name: handOff.queueName, prefix: queuePrefix(redis), connection };
}

/** BullMQ's scripts touch several keys of a queue: in a cluster all of them must be in one slot. */
function queuePrefix({ address, keyPrefix }: BatchingSettings['redis']): string {
  return `${keyPrefix}${address.kind === 'cluster' ? '{bull}' : 'bull'}`;
}
