import { type ConnectionOptions, Queue } from 'bullmq';
import type { MergedMessage } from '@app/contracts';

/** The queue as an onlooker sees it: a queue of BullMQ's writes down that it is there, this one writes nothing. */
export function watchedQueue(connection: ConnectionOptions, prefix = 'bull'): Queue<MergedMessage> {
  return new Queue<MergedMessage>('messages', { connection, prefix, skipMetasUpdate: true });
}
