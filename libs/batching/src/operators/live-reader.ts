import { Injectable } from '@nestjs/common';
import { type LiveSnapshot, type LiveState, type LiveWindow, parseConversationId } from '@app/contracts';
import { VERSION } from '@app/platform';
import { ProcessRegistry } from '../processes/process-registry';
import { queueKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { earliest } from '../store/earliest';
import type { Keys } from '../store/keys';
import type { StatisticsReply } from '../store/scripts/statistics';
import { liveWindow } from '../window/live-window';
import { countPartition, messagesIn } from './statistics';

/** How many windows are read for one look, those that are due soonest, and how many turns. */
const WINDOWS = 100;
const TURNS = 50;

/** A conversation in an index, and when somebody must look at it, ms by the clock of the first partition. */
interface Indexed {
  id: string;
  at: number;
}

/** Reads what the live page shows, in time that does not grow with what is pending. */
@Injectable()
export class LiveReader {
  constructor(
    private readonly store: BatchStore,
    private readonly processRegistry: ProcessRegistry,
  ) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async read(): Promise<LiveSnapshot> {
    const { all, home } = this.store.partitions;
    const [parts, botMs, failedJobs] = await Promise.all([
      Promise.all(all.map((keys) => countPartition(this.store, keys))),
      this.store.commands((redis) => redis.get(home.botTime)),
      this.store.commands((redis) => redis.zcard(queueKey(this.store.settings, 'failed'))),
    ]);
    const at = parts[0]?.now ?? 0;
    const [turns, due] = await Promise.all([
      this.soonest(parts, TURNS, ({ turns }) => turns),
      this.soonest(parts, WINDOWS, ({ due }) => due),
    ]);
    const windows = await this.describe([...new Set([...turns, ...due])], parts);
    const open = sumOf(parts, ({ open }) => open);
    const listed = windows.filter(({ size }) => size > 0).length;
    return {
      at,
      state: this.stateOf(parts, open, botMs === null ? null : Number(botMs), failedJobs),
      windows,
      more: Math.max(0, open - listed),
    };
  }

  /** What is known without Redis, where it cannot be read. */
  get processes(): Pick<LiveState, 'processes' | 'findings' | 'bot'> {
    const processes: Record<string, number> = {};
    for (const { role } of this.processRegistry.processors) processes[role] = (processes[role] ?? 0) + 1;
    const { findings, botThere } = this.processRegistry;
    return { processes, findings, bot: botThere === null ? null : botThere ? 'some' : 'none' };
  }

  private stateOf(
    parts: readonly StatisticsReply[],
    open: number,
    botMs: number | null,
    failedJobs: number,
  ): LiveState {
    const { environment, window, turns } = this.store.settings;
    return Object.assign(this.processes, {
      environment,
      version: VERSION,
      trouble: null,
      open,
      messages: sumOf(parts, ({ sizes }) => messagesIn(sizes)),
      turns: sumOf(parts, ({ turns }) => turns),
      deadLetters: { batcher: sumOf(parts, ({ deadLetters }) => deadLetters), worker: failedJobs },
      pausedSince: earliest(parts.map(({ pausedSince }) => pausedSince)),
      botMs,
      quietMs: window.quietMs,
      hasDrafts: turns.start !== null,
    });
  }

  /** The first of an index over all partitions. */
  private async soonest(
    parts: readonly StatisticsReply[],
    limit: number,
    index: (keys: Keys) => string,
  ): Promise<string[]> {
    const found = await Promise.all(
      this.store.partitions.all.map((keys, i) => this.first(index(keys), limit, shiftOf(parts, i))),
    );
    return found
      .flat()
      .sort((one, other) => one.at - other.at)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  private async first(index: string, limit: number, shift: number): Promise<Indexed[]> {
    const flat = await this.store.commands((redis) =>
      redis.zrange(index, '0', String(limit - 1), 'WITHSCORES'),
    );
    return flat.flatMap((id, i) => (i % 2 === 0 ? [{ id, at: Number(flat[i + 1]) + shift }] : []));
  }

  /** Started in one turn of the event loop, the reads leave in few writes. */
  private async describe(ids: readonly string[], parts: readonly StatisticsReply[]): Promise<LiveWindow[]> {
    const { partitions, settings } = this.store;
    const windows = await Promise.all(
      ids.map(async (id) => {
        const conversation = parseConversationId(id);
        const shift = shiftOf(parts, partitions.indexOf(conversation.customer));
        const [state, last] = await Promise.all([
          this.store.stateOf(conversation),
          this.store.commands((redis) => redis.get(this.store.keysOf(conversation).lastMessage(id))),
        ]);
        const moment = {
          now: (parts[0]?.now ?? 0) - shift,
          lastMessageAt: last === null ? null : Number(last),
          isPaused: parts.some(({ pausedSince }) => pausedSince !== null),
          isBotOff: settings.isBotOff(conversation.companyId),
        };
        const limits = settings.of(conversation.companyId).window;
        const window = liveWindow(conversation, state, moment, limits);
        return window && shifted(window, shift);
      }),
    );
    return windows.filter((window) => window !== null);
  }
}

/** Each master has its own clock: what must be added to its times for those of the first. */
function shiftOf(parts: readonly StatisticsReply[], partition: number): number {
  return (parts[0]?.now ?? 0) - (parts[partition]?.now ?? 0);
}

function shifted(window: LiveWindow, by: number): LiveWindow {
  const { since, until } = window;
  return Object.assign(window, {
    since: since === null ? null : since + by,
    until: until === null ? null : until + by,
  });
}

function sumOf(parts: readonly StatisticsReply[], value: (part: StatisticsReply) => number): number {
  return parts.reduce((sum, part) => sum + value(part), 0);
}
