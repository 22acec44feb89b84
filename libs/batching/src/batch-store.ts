import type { Redis } from 'ioredis';
import type { Settings } from './config/settings';
import type { Conversation } from './conversation';
import type { ScriptObserver } from './metrics/redis.metrics';
import { Keys } from './redis/keys';
import { asOutage } from './redis/outage';
import { type Clock, ScriptRunner } from './redis/script-runner';
import type { LotScript } from './scripts/define-lot';
import type { Script, ScriptArgs, Unit } from './scripts/define-script';
import type { CONVERSATION_ARGS, ConversationKey } from './scripts/fragments';

type ConversationArgs = typeof CONVERSATION_ARGS;

/** The longest that a batch whose hand-off failed is left alone, ms. */
export const MAX_BACKOFF_MS = 60_000;

/** Where the batches are: the scripts, with the keys and limits that all of them need filled in. */
export class BatchStore {
  readonly keys: Keys;
  readonly runner: ScriptRunner;
  /** No legitimate time lies further ahead than this, ms. */
  readonly horizonMs: number;

  /** @param clock only tests bring their own; everything else goes by Redis's. */
  constructor(
    readonly redis: Redis,
    readonly settings: Settings,
    clock?: Clock,
    observe?: ScriptObserver,
  ) {
    this.keys = new Keys(settings.redis.keyPrefix);
    this.runner = new ScriptRunner(redis, clock, observe);
    const { window, handOff, humanReply } = settings;
    const holdMs = humanReply.action === 'hold' ? humanReply.holdMs : 0;
    this.horizonMs = Math.max(window.maxWaitMs, handOff.leaseMs, MAX_BACKOFF_MS, holdMs);
  }

  /** Runs a script that changes one conversation. */
  change<K extends string, A extends Record<string, Unit>, R>(
    script: Script<ConversationKey | K, ConversationArgs & A, R>,
    conversation: Conversation,
    keys: Record<Exclude<K, ConversationKey>, string>,
    args: Omit<ScriptArgs<A>, keyof ConversationArgs>,
  ): Promise<R> {
    return this.runner.run(
      script,
      { ...this.keysOf(conversation), ...keys } as Record<ConversationKey | K, string>,
      { ...this.argsOf(conversation), ...args } as Omit<ScriptArgs<ConversationArgs & A>, 'nowMs'>,
    );
  }

  /**
   * Runs a script that changes each conversation of a lot, in one call.
   *
   * @param args of each; what all of a lot have in common is taken from the first.
   */
  changeEach<K extends string, A extends Record<string, Unit>, R, O extends { conversation: Conversation }>(
    script: LotScript<ConversationKey | K, ConversationArgs & A, R>,
    lot: readonly O[],
    keys: Record<Exclude<K, ConversationKey>, string>,
    args: (each: O) => Omit<ScriptArgs<A>, keyof ConversationArgs>,
  ): Promise<R[]> {
    return this.runner.runLot(
      script,
      lot.map((each) => ({
        keys: { ...this.keysOf(each.conversation), ...keys } as Record<ConversationKey | K, string>,
        args: { ...this.argsOf(each.conversation), ...args(each) } as Omit<
          ScriptArgs<ConversationArgs & A>,
          'nowMs'
        >,
      })),
    );
  }

  /**
   * Runs plain reading commands.
   *
   * @throws StoreUnavailableError where Redis cannot serve now.
   */
  async read<T>(query: (redis: Redis, keys: Keys) => Promise<T>): Promise<T> {
    try {
      return await query(this.redis, this.keys);
    } catch (error) {
      throw asOutage(error);
    }
  }

  private keysOf({ id }: Conversation): Record<ConversationKey, string> {
    const { due, turns, directory, counters, sizes } = this.keys;
    return {
      messages: this.keys.messages(id),
      lastMessage: this.keys.lastMessage(id),
      state: this.keys.state(id),
      due,
      turns,
      directory,
      counters,
      sizes,
    };
  }

  private argsOf(conversation: Conversation): Omit<ScriptArgs<ConversationArgs>, 'nowMs'> {
    const { window, memory } = this.settings;
    return {
      conversation: conversation.id,
      directoryEntry: this.keys.directoryEntry(conversation),
      maxSize: window.maxSize,
      maxBytes: window.maxBytes,
      maxWaitMs: window.maxWaitMs,
      horizonMs: this.horizonMs,
      lingerS: memory.lingerS,
      wakeChannel: this.keys.wake,
    };
  }
}
