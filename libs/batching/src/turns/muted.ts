import type { Conversation } from '@app/contracts';
import type { BatchStore } from '../store/batch-store';
import { steering } from '../store/scripts/steering';

/**
 * True if an operator has muted the bot for the conversation, or for the one that it has become an alias of.
 *
 * @throws StoreUnavailableError if Redis cannot serve now.
 */
export async function isMuted(store: BatchStore, conversation: Conversation): Promise<boolean> {
  return (await isItselfMuted(store, conversation)) || isHomeMuted(store, conversation);
}

/** The same, for whoever has heard that the conversation itself is not muted. */
export async function isHomeMuted(store: BatchStore, conversation: Conversation): Promise<boolean> {
  const home = await store.homeOf(conversation);
  return home.id !== conversation.id && isItselfMuted(store, home);
}

async function isItselfMuted(store: BatchStore, conversation: Conversation): Promise<boolean> {
  const state = store.keysOf(conversation).state(conversation.id);
  return (await store.runner.run(steering, { state }, {})).muted !== null;
}
