import type { Conversation } from '@app/contracts';
import type { BatchStore } from '../store/batch-store';

/** Gives a conversation the state that it would have in version 0.1.0: a hash, without its size. */
export async function asOfVersion010(store: BatchStore, conversation: Conversation): Promise<void> {
  const key = store.keysOf(conversation).state(conversation.id);
  const state = Object.entries(await store.stateOf(conversation)).filter(([name]) => name !== 'size');
  await store.redis.del(key);
  await store.redis.hset(key, Object.fromEntries(state));
}
