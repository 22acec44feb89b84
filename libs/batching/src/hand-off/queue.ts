import type { RegisterQueueOptions } from '@nestjs/bullmq';
import type { ConnectionOptions } from 'bullmq';
import type { Settings } from '../config/settings';

/** Under this name the queue is injected; what it is called in Redis is `QUEUE_NAME`. */
export const MERGED_MESSAGES = 'merged-messages';

/** Injection token of what happens on the queue, whoever does it. */
export const QUEUE_EVENTS = Symbol('QUEUE_EVENTS');

/** What every user of the queue must say in the same words: its name and the prefix of its keys. */
export function queueOptions(
  { handOff, redis }: Settings,
  connection: ConnectionOptions,
): RegisterQueueOptions & { connection: ConnectionOptions; prefix: string; name: string } {
  // BullMQ's scripts touch several keys of a queue: in a cluster all of them must be in one slot.
  const name = redis.address.kind === 'cluster' ? '{bull}' : 'bull';
  return { name: handOff.queueName, prefix: `${redis.keyPrefix}${name}`, connection };
}
