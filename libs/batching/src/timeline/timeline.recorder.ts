import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import type { Conversation, KeptNote, TimelineNote } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { keepNote } from '../store/scripts/keep-note';
import { NO_TIMELINE_OBSERVER, TimelineMetrics, type TimelineObserver } from './timeline.metrics';

/** Longer texts are cut, so that a note stays below about 1 KB. */
const MAX_TEXT = 300;
/** While Redis is slow, further notes are dropped: they must not fill this process's memory. */
const MOST_UNDER_WAY = 1_000;

/**
 * Keeps what happened to a customer's conversations and nothing else holds: at most `TIMELINE_MAX` notes of a customer, for
 * `TIMELINE_TTL`, of at most `TIMELINE_CUSTOMERS` customers. Nothing waits for a note and nothing fails because of one: a note
 * that Redis does not take is lost, and counted.
 */
@Injectable()
export class TimelineRecorder implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Timeline');
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly store: BatchStore,
    @Inject(TimelineMetrics) private readonly observer: TimelineObserver = NO_TIMELINE_OBSERVER,
  ) {}

  /** Resolves once what was recorded is kept, or lost. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Keeps a note; returns at once, and never throws. */
  record(conversation: Conversation, note: TimelineNote): void {
    if (this.store.settings.memory.timelineMax === 0) return;
    if (this.underWay.size >= MOST_UNDER_WAY) {
      this.observer.noted(false);
      return;
    }
    const keeping = this.keep(conversation, note)
      .then(() => this.observer.noted(true))
      .catch((error: unknown) => {
        this.observer.noted(false);
        this.logger.debug('A note of a timeline was lost', { kind: note.kind, error: String(error) });
      })
      .finally(() => this.underWay.delete(keeping));
    this.underWay.add(keeping);
  }

  /**
   * The notes of a customer, of every company, oldest first.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async notesOf(customer: string): Promise<KeptNote[]> {
    const key = this.store.keysOf({ customer }).timeline(customer);
    const entries = await this.store.commands((redis) => redis.xrange(key, '-', '+'));
    const notes = entries.map(([id, [, entry = '{}']]) => decode(id, entry));
    return notes.sort((a, b) => a.at - b.at);
  }

  /**
   * Forgets the notes of a customer; returns how many they were.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async erase(customer: string): Promise<number> {
    const keys = this.store.keysOf({ customer });
    const key = keys.timeline(customer);
    return this.store.commands(async (redis) => {
      const notes = await redis.xlen(key);
      await Promise.all([redis.unlink(key), redis.zrem(keys.timelines, customer)]);
      return notes;
    });
  }

  /**
   * Forgets the notes of some of a customer's conversations; returns how many they were.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async eraseWhere(customer: string, isMeant: (conversationId: string) => boolean): Promise<number> {
    const key = this.store.keysOf({ customer }).timeline(customer);
    return this.store.commands(async (redis) => {
      const entries = await redis.xrange(key, '-', '+');
      const meant = entries.filter(([id, [, entry = '{}']]) => isMeant(decode(id, entry).conversationId));
      return meant.length === 0 ? 0 : redis.xdel(key, ...meant.map(([id]) => id));
    });
  }

  private async keep(conversation: Conversation, note: TimelineNote): Promise<void> {
    const { runner, settings, partitions } = this.store;
    // An event may name the customer by an alias.
    const { id, customer } = await this.store.homeOf(conversation);
    const keys = this.store.keysOf({ customer });
    const { timelineMax, timelineTtlMs, timelineCustomers } = settings.memory;
    const forgotten = await runner.run(
      keepNote,
      { timeline: keys.timeline(customer), timelines: keys.timelines },
      {
        customer,
        note: JSON.stringify({ conversationId: id, ...note }, shortened),
        maxNotes: timelineMax,
        maxAgeMs: timelineTtlMs,
        maxCustomers: Math.ceil(timelineCustomers / partitions.all.length),
      },
    );
    // The script names them only: it may not touch a key that it was not given.
    if (forgotten.length > 0)
      await this.store.commands((redis) =>
        Promise.all(forgotten.map((other) => redis.unlink(keys.timeline(other)))),
      );
  }
}

function shortened(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
}

function decode(id: string, entry: string): KeptNote {
  const kept = JSON.parse(entry) as TimelineNote & { conversationId: string };
  return { ...kept, at: kept.at ?? Number(id.split('-')[0]) };
}
