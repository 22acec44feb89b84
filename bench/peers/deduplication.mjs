// What BullMQ's users build: the message into a list, and a delayed job for each conversation that every further message
// puts off. The job carries nothing, for deduplication keeps one payload only.

/** @param {import('ioredis').Redis} redis @param {import('bullmq').Queue} queue @param {number} quietMs */
export function debouncer(redis, queue, quietMs) {
  return async (/** @type {string} */ conversation, /** @type {object} */ message) => {
    await redis.rpush(`debounced:${conversation}`, JSON.stringify(message));
    const deduplication = { id: conversation, ttl: quietMs, extend: true, replace: true };
    await queue.add('flush', { conversation }, { delay: quietMs, deduplication, removeOnComplete: true });
  };
}
