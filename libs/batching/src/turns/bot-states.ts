import { Injectable } from '@nestjs/common';
import type { Conversation } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { keepBotState } from '../store/scripts/keep-bot-state';

/** What a bot left to be kept for the next call of a conversation. */
export interface BotState {
  /** JSON; null if there is nothing. */
  state: unknown;
  /** The batch whose answer left it; empty if none did. */
  leftBy: string;
}

/** What an answer leaves, and what it followed. */
export interface LeftState {
  /** The batch that was answered. */
  batchId: string;
  /** `leftBy` of the state that the bot was called with. */
  follows: string;
  /** JSON; null: nothing is to be known any more. */
  state: unknown;
  keepMs: number;
}

/** What is kept of a conversation for a bot: by the worker for any, the rest by the assistant for itself. */
export const BOT_MEMORIES = [
  'bot-state',
  'colleague-words',
  'dialogue',
  'customer-facts',
  'preferences',
] as const;

export type BotMemory = (typeof BOT_MEMORIES)[number];

/** Keeps what bots leave with their answers, for each conversation: an id of theirs, or what was said. */
@Injectable()
export class BotStates {
  constructor(private readonly store: BatchStore) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async of(conversation: Conversation): Promise<BotState> {
    const key = this.store.keysOf(conversation).botState(conversation.id);
    const kept = await this.store.commands((redis) => redis.get(key));
    if (kept === null) return { state: null, leftBy: '' };
    const end = kept.indexOf(' ');
    return { state: JSON.parse(kept.slice(end + 1)) as unknown, leftBy: kept.slice(0, end) };
  }

  /**
   * Keeps it once; a repeated call is the same. `overtaken`: another answer has left something since the call of the bot, so
   * nothing was changed.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  keep(
    conversation: Conversation,
    { batchId, follows, state, keepMs }: LeftState,
  ): Promise<'kept' | 'overtaken'> {
    const botState = this.store.keysOf(conversation).botState(conversation.id);
    return this.store.runner.run(
      keepBotState,
      { botState },
      { batchId, follows, state: JSON.stringify(state), keepMs },
    );
  }

  /**
   * Forgets everything that is kept of a conversation for its bot; returns what there was. An answer whose call knew of a state
   * keeps none.
   *
   * @throws StoreUnavailableError if Redis cannot serve now: repeat the call.
   */
  async forget(conversation: Conversation): Promise<BotMemory[]> {
    const keys = this.store.keysOf(conversation);
    const keyOf: Record<BotMemory, string> = {
      'bot-state': keys.botState(conversation.id),
      'colleague-words': keys.colleagueWords(conversation.id),
      dialogue: keys.dialogue(conversation.id),
      'customer-facts': keys.customerFacts(conversation.id),
      preferences: keys.preferences(conversation.id),
    };
    const counts = await this.store.commands((redis) =>
      Promise.all(BOT_MEMORIES.map((memory) => redis.del(keyOf[memory]))),
    );
    return BOT_MEMORIES.filter((_, i) => counts[i] === 1);
  }
}
