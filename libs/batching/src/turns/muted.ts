import type { Conversation } from '@app/contracts';
import type { BatchStore } from '../store/batch-store';
import { steering } from '../store/scripts/steering';

/**
 * True if an operator has muted the bot for the conversation, or for the one that it has become an alias of.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function isMuted(store: BatchStore, conversation: Conversation): Promise<boolean> {
  const home = await store.homeOf(conversation);
  const state = store.keysOf(home).state(home.id);
  return (await store.runner.run(steering, { state }, {})).muted !== null;
}

/** The same, for whoever has heard that the conversation itself is not muted. */
export async function isHomeMuted(store: BatchStore, conversation: Conversation): Promise<boolean> {
  return (await store.homeOf(conversation)).id !== conversation.id && isMuted(store, conversation);
}
