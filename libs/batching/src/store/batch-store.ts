import { type Conversation, parseConversationId, phoneOf } from '@app/contracts';
import type { BatchingSettings } from '../config/batching.settings';
import { asOutage, nothingOfThisKind } from '../redis/outage';
import type { RedisClient } from '../redis/redis-client';
import { Replication } from '../redis/replication';
import { ChangeFaults } from './change-faults';
import { directoryEntry, type Keys } from './keys';
import { Partitions } from './partitions';
import { type RunnerOptions, ScriptRunner } from './script-runner';
import type { Constants } from './scripts/constants';
import { decodeState } from './scripts/decode-state';
import type { Change, ConversationArgs, ConversationKey, LotChange } from './scripts/define-change';
import type { ScriptArgs, Unit } from './scripts/define-script';
import type { ConversationState } from './scripts/state.fragment';
import { SetAsideError } from './set-aside.error';

/** The longest pause of a batch whose hand-off failed, ms. */
export const MAX_BACKOFF_MS = 60_000;

/**
 * A time further ahead than this was set before Redis's clock went back, ms. It exceeds every span that any setting
 * permits. It is no setting itself, because a process must not treat another's longer hold or lease as over.
 */
export const HORIZON_MS = 25 * 3_600_000;

/** Where the batches are: the scripts, with the keys and limits that all of them need filled in. */
export class BatchStore {
  readonly partitions: Partitions;
  readonly runner: ScriptRunner;
  private readonly replication: Replication;
  private readonly faults = new ChangeFaults();
  private readonly standardLimits: string;

  constructor(
    readonly redis: RedisClient,
    readonly settings: BatchingSettings,
    options: RunnerOptions = {},
  ) {
    this.partitions = new Partitions(settings.redis);
    this.runner = new ScriptRunner(redis, { ...options, constants: constantsOf(settings) });
    this.replication = new Replication(redis, settings.redis);
    this.standardLimits = limitsOf(settings);
  }

  /** The keys of the partition that a conversation is in. */
  keysOf(conversation: Pick<Conversation, 'customer'>): Keys {
    return this.partitions.of(conversation);
  }

  /**
   * Runs a script that changes one conversation; if its result must be durable, resolves once `REDIS_MIN_REPLICAS` have it.
   *
   * @throws StoreUnavailableError if Redis cannot serve, or too few replicas have it in time.
   * @throws SetAsideError if the conversation is damaged; nothing was changed.
   */
  async change<K extends string, A extends Record<string, Unit>, R>(
    script: Change<ConversationKey | K, ConversationArgs & A, R>,
    conversation: Conversation,
    keys: Record<Exclude<K, ConversationKey>, string>,
    args: Omit<ScriptArgs<A>, keyof ConversationArgs>,
  ): Promise<R> {
    const done = await this.replicated(script, this.keysOf(conversation), () =>
      this.runner.change(
        script,
        // Two objects of this size spread into one become a dictionary; see ADR 5.
        Object.assign(this.ownKeysOf(conversation), keys) as Record<ConversationKey | K, string>,
        Object.assign(this.argsOf(conversation), args) as Omit<ScriptArgs<ConversationArgs & A>, 'nowMs'>,
      ),
    );
    if (done.trouble !== '' || done.damaged.length > 0) {
      this.faults.say(script.name, done, [conversation.id]);
      const [damage] = done.damaged;
      if (damage) throw new SetAsideError(conversation.id, damage.reason);
    }
    return script.reply(done.reply);
  }

  /**
   * Runs a script that changes each conversation of a lot, in one call for each of their partitions, as `change` does.
   *
   * @param keys that the conversations of one partition share.
   * @param args of each; the values that a lot shares are taken from the first.
   * @returns the reply of each, in the order of the lot; none for a conversation that was left out, or is set aside.
   */
  async changeEach<
    K extends string,
    A extends Record<string, Unit>,
    R,
    O extends { conversation: Conversation },
  >(
    script: LotChange<ConversationKey | K, ConversationArgs & A, R>,
    lot: readonly O[],
    keys: (partition: Keys) => Record<Exclude<K, ConversationKey>, string>,
    args: (each: O) => Omit<ScriptArgs<A>, keyof ConversationArgs>,
  ): Promise<(R | undefined)[]> {
    const replies = new Array<R | undefined>(lot.length);
    const change = async (partition: Keys, members: readonly [number, O][]): Promise<void> => {
      const calls = members.map(([, each]) => ({
        keys: Object.assign(this.ownKeysOf(each.conversation), keys(partition)) as Record<
          ConversationKey | K,
          string
        >,
        args: Object.assign(this.argsOf(each.conversation), args(each)) as Omit<
          ScriptArgs<ConversationArgs & A>,
          'nowMs'
        >,
      }));
      const done = await this.replicated(script, partition, () => this.runner.changeEach(script, calls));
      const ids = members.map(([, { conversation }]) => conversation.id);
      this.faults.say(script.name, done, ids);
      for (const [i, reply] of done.reply.entries()) {
        if (reply !== null) replies[(members[i] as [number, O])[0]] = script.reply(reply);
      }
    };
    await Promise.all([...this.byPartition(lot)].map(([partition, members]) => change(partition, members)));
    return replies;
  }

  /** The limits of a company's windows, as a message brings them; empty where they are those of every process. */
  ownLimitsOf(settings: Pick<BatchingSettings, 'window' | 'turns'>): string {
    const limits = limitsOf(settings);
    return limits === this.standardLimits ? '' : limits;
  }

  /** The conversation itself, or the one that it is an alias of. */
  async homeOf(conversation: Conversation): Promise<Conversation> {
    if (phoneOf(conversation.customer) !== null) return conversation;
    const alias = this.keysOf(conversation).alias(conversation.id);
    const to = await this.commands((redis) => redis.get(alias));
    return to === null ? conversation : parseConversationId(to);
  }

  /** The state of a conversation; empty if there is none, or none that can be read. */
  async stateOf(conversation: Conversation): Promise<ConversationState> {
    const key = this.keysOf(conversation).state(conversation.id);
    return decodeState(await this.commands((redis) => redis.getBuffer(key).catch(nothingOfThisKind)));
  }

  /**
   * Runs plain commands, which change no conversation, and waits for no replica.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async commands<T>(run: (redis: RedisClient) => Promise<T>): Promise<T> {
    try {
      return await run(this.redis);
    } catch (error) {
      throw asOutage(error);
    }
  }

  /**
   * Runs a script that changes no conversation, and resolves once `REDIS_MIN_REPLICAS` have its writes.
   *
   * @param key one of the keys that it writes.
   * @throws StoreUnavailableError as `change` does; the writes may survive or not.
   */
  confirmed<R>(key: string, write: () => Promise<R>): Promise<R> {
    return this.replication.acknowledged(key, write);
  }

  private replicated<R>(
    { waitsForReplicas }: { waitsForReplicas?: true },
    { counters }: Keys,
    write: () => Promise<R>,
  ): Promise<R> {
    return waitsForReplicas ? this.replication.acknowledged(counters, write) : write();
  }

  /** Each with its place in the lot. */
  private byPartition<O extends { conversation: Conversation }>(lot: readonly O[]): Map<Keys, [number, O][]> {
    const groups = new Map<Keys, [number, O][]>();
    for (const [i, each] of lot.entries()) {
      const partition = this.keysOf(each.conversation);
      const group = groups.get(partition);
      if (group) group.push([i, each]);
      else groups.set(partition, [[i, each]]);
    }
    return groups;
  }

  private ownKeysOf(conversation: Conversation): Record<ConversationKey, string> {
    const keys = this.keysOf(conversation);
    const { due, turns, directory, counters, sizes, setAside } = keys;
    const { id } = conversation;
    return {
      messages: keys.messages(id),
      lastMessage: keys.lastMessage(id),
      state: keys.state(id),
      due,
      turns,
      directory,
      counters,
      sizes,
      setAside,
    };
  }

  private argsOf(conversation: Conversation): Omit<ScriptArgs<ConversationArgs>, 'nowMs'> {
    return { conversation: conversation.id, directoryEntry: directoryEntry(conversation) };
  }
}

/**
 * What a window goes by in every script: the most messages, the longest wait in ms, how often it may be superseded. Behind
 * them what `append` alone goes by: messages within a minute, and if a habit chooses the silence, the three that it chooses among, ms.
 */
function limitsOf({ window, turns }: Pick<BatchingSettings, 'window' | 'turns'>): string {
  const { endpointing, quietMs } = window;
  const habit = endpointing ? ` ${endpointing.minMs} ${quietMs} ${endpointing.maxMs}` : '';
  return `${window.maxSize} ${window.maxWaitMs} ${turns.maxSupersedes} ${window.maxPerMinute}${habit}`;
}

/** What the settings say to every change. */
export function constantsOf({ window, bounds, memory, turns, redis }: BatchingSettings): Constants {
  return {
    maxSize: window.maxSize,
    maxBytes: window.maxStoredBytes,
    maxWaitMs: window.maxWaitMs,
    maxPending: bounds.maxPending,
    maxPendingBytes: bounds.maxPendingBytes,
    maxAgeMs: window.maxMessageAgeMs,
    byHabit: window.endpointing && {
      min: window.endpointing.minMs,
      normal: window.quietMs,
      max: window.endpointing.maxMs,
    },
    maxSupersedes: turns.maxSupersedes,
    maxPerMinute: window.maxPerMinute,
    standardLimits: limitsOf({ window, turns }),
    maxTurnsPerHour: turns.maxPerHour,
    historyMax: memory.historyMax,
    historyMaxBytes: memory.historyMaxBytes,
    historyTtlMs: memory.historyTtlMs,
    horizonMs: HORIZON_MS,
    idleTtlS: memory.idleTtlS,
    wakeChannel: new Partitions(redis).home.wake,
  };
}
