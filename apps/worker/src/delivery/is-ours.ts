import type { Job } from 'bullmq';
import { MERGED_MESSAGE_JOB, MESSAGE_EVENT_JOB } from '@app/contracts';

/**
 * True for a job of ours of version 1. A queue may be shared, and a later version may add other jobs. A job whose id is not
 * that of its batch, or reads as a number, is none of ours: the turn that it began would never end.
 */
export function isOurs({ id, name, data }: Pick<Job<unknown>, 'id' | 'name' | 'data'>): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { version, batchId, eventId, conversationId } = data as Record<string, unknown>;
  const ownId = name === MERGED_MESSAGE_JOB ? batchId : name === MESSAGE_EVENT_JOB ? eventId : undefined;
  const isNamed = typeof ownId === 'string' && ownId === id && Number.isNaN(Number(ownId));
  return version === 1 && isNamed && typeof conversationId === 'string' && conversationId !== '';
}
