import { type ConnectionOptions, Queue } from 'bullmq';
import type { MergedMessage } from '@app/contracts';

/** The queue for an observer: BullMQ's own queue registers itself in Redis, this one writes nothing. */
export function watchedQueue(connection: ConnectionOptions, prefix = 'bull'): Queue<MergedMessage> {
  return new Queue<MergedMessage>('messages', { connection, prefix, skipMetasUpdate: true });
}
