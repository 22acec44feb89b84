import { Injectable } from '@nestjs/common';
import { parseConversationId } from '@app/contracts';
import { queueKey } from '../queue/queue';
import { BatchStore } from '../store/batch-store';
import { earliest } from '../store/earliest';
import type { Keys } from '../store/keys';
import { statistics, type StatisticsReply } from '../store/scripts/statistics';

/** The accounts (docs/guarantees.md): every accepted message is in exactly one of them or pending. `duplicates`, `answered`, `blocked` and `slowed` are outside the sum; `merged` is always 0. */
export interface Totals {
  accepted: number;
  /** Redelivered messages; outside the sum, because they were never stored. */
  duplicates: number;
  delivered: number;
  /** Of those delivered, the messages whose batch a worker of ours has finished successfully. */
  answered: number;
  cleared: number;
  revoked: number;
  /** Messages of blocked senders; outside the sum, because they were never stored. */
  blocked: number;
  /** Accepted messages beyond `MAX_MESSAGES_PER_MINUTE`; outside the sum, because they are also in another account. */
  slowed: number;
  /** Pending messages, and those of the batcher's dead letters, of customers who were erased. */
  erased: number;
  merged: number;
  /** Messages in the batcher's dead letters at present. */
  buried: number;
}

/** The accounts that make up, with what is pending, what was accepted. */
export const BALANCED_ACCOUNTS = [
  'delivered',
  'cleared',
  'revoked',
  'erased',
  'merged',
  'buried',
] as const satisfies readonly (keyof Totals)[];

/** The accounts compared with the lists themselves, without which their balance would prove nothing. */
export interface AuditResult {
  /** ms since the epoch, by the auditor's clock. */
  at: number;
  /** Messages found in the lists, one by one. */
  counted: number;
  /** Messages that the accounts call pending. */
  accounted: number;
  /** How many messages came or went meanwhile: the largest permitted difference. */
  tolerance: number;
  /** False: the accounts and the lists disagree; see `docs/guarantees.md`. */
  ok: boolean;
}

/** What is in Redis now. */
export interface Statistics {
  /** Conversations that hold a message. */
  pending: number;
  messages: number;
  /** Batches that a batcher has claimed. */
  claimed: number;
  /** Conversations that a batcher must look at now. */
  due: number;
  /** Of both stages: batches that could not be handed off, and messages and replies that could not be delivered. */
  deadLetters: number;
  deadLettersByStage: { batcher: number; worker: number };
  /** Damaged conversations: nothing is done to them until an operator has them repaired. */
  setAside: number;
  /** Conversations with a batch at the bot, or on its way there; what they hold waits for its end. */
  turns: number;
  /** True while an operator has hand-off paused: messages are taken in, and wait. */
  paused: boolean;
  /** ms since the epoch; null if nothing is paused. */
  pausedSince: number | null;
  /** ms; exact up to a hundred open conversations, beyond that too low by at most `BATCH_MAX_WAIT`. */
  oldestAgeMs: number;
  /** Messages per conversation. */
  sizes: { min: number; max: number; avg: number };
  totals: Totals;
  /** accepted − (delivered + messages + cleared + revoked + erased + merged + buried): 0, or something was lost or doubled. */
  balance: number;
  /** The latest comparison with the lists themselves; null before the first. */
  audit: AuditResult | null;
}

// The oldest are among those that must be looked at soonest; reading more would cost more than it tells.
const OLDEST_AMONG = 100;

/** Reads the accounts and what is pending. */
@Injectable()
export class StatisticsReader {
  constructor(private readonly store: BatchStore) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  read(): Promise<Statistics> {
    return readStatistics(this.store);
  }
}

/** Counts what is there, in time that does not grow with what is pending. */
export async function readStatistics(store: BatchStore): Promise<Statistics> {
  const [parts, audit, failedJobs] = await Promise.all([
    Promise.all(store.partitions.all.map((keys) => readPartition(store, keys))),
    latestAudit(store),
    store.commands((redis) => redis.zcard(queueKey(store.settings, 'failed'))),
  ]);
  const sum = (value: (part: Partition) => number): number =>
    parts.reduce((all, part) => all + value(part), 0);
  const totals = totalsOf((name) => sum(({ counters }) => counters[name] ?? 0));
  const messages = sum(({ sizes }) => messagesIn(sizes));
  const pausedSince = earliest(parts.map((part) => part.pausedSince));
  const buried = sum(({ deadLetters }) => deadLetters);
  return {
    pending: sum(({ open }) => open),
    messages,
    claimed: sum(({ counters }) => counters.claims ?? 0),
    due: sum(({ due }) => due),
    deadLetters: buried + failedJobs,
    deadLettersByStage: { batcher: buried, worker: failedJobs },
    setAside: sum(({ setAside }) => setAside),
    turns: sum(({ turns }) => turns),
    paused: pausedSince !== null,
    pausedSince,
    oldestAgeMs: Math.max(...parts.map(({ oldestAgeMs }) => oldestAgeMs)),
    sizes: spread(parts.map(({ sizes }) => sizes)),
    totals,
    balance: balanceOf(totals, messages),
    audit,
  };
}

type Partition = StatisticsReply & { oldestAgeMs: number };

async function readPartition(store: BatchStore, keys: Keys): Promise<Partition> {
  const reply = await countPartition(store, keys);
  return { ...reply, oldestAgeMs: await oldestAgeMs(store, keys, reply.now) };
}

/** Each partition in one step, so that its accounts must balance; no conversation is in two. */
export function countPartition(store: BatchStore, keys: Keys): Promise<StatisticsReply> {
  const { due, turns, directory, counters, sizes, deadLetters, setAside, paused } = keys;
  return store.runner.run(
    statistics,
    { due, turns, directory, counters, sizes, deadLetters, setAside, paused },
    {},
  );
}

async function latestAudit(store: BatchStore): Promise<AuditResult | null> {
  const stored = await store.commands((redis) => redis.get(store.partitions.home.audit));
  return stored === null ? null : (JSON.parse(stored) as AuditResult);
}

async function oldestAgeMs(store: BatchStore, keys: Keys, now: number): Promise<number> {
  const opened = await store.commands(async (redis) => {
    const soonest = await Promise.all(
      [keys.due, keys.turns].map((index) => redis.zrange(index, '0', String(OLDEST_AMONG - 1))),
    );
    return Promise.all(soonest.flat().map((id) => store.stateOf(parseConversationId(id))));
  });
  const times = opened.flatMap((state) => state.claimOpened ?? state.opened ?? []);
  return times.length === 0 ? 0 : Math.max(0, now - Math.min(...times));
}

function totalsOf(total: (name: keyof Totals) => number): Totals {
  return {
    accepted: total('accepted'),
    duplicates: total('duplicates'),
    delivered: total('delivered'),
    answered: total('answered'),
    cleared: total('cleared'),
    revoked: total('revoked'),
    blocked: total('blocked'),
    slowed: total('slowed'),
    erased: total('erased'),
    merged: total('merged'),
    buried: total('buried'),
  };
}

function balanceOf(totals: Totals, pending: number): number {
  return totals.accepted - BALANCED_ACCOUNTS.reduce((sum, account) => sum + totals[account], pending);
}

/** Of a field that is 0 or less, too: only together do they say how many messages there are. */
export function messagesIn(histogram: ReadonlyMap<number, number>): number {
  return [...histogram].reduce((sum, [size, howMany]) => sum + size * howMany, 0);
}

function spread(histograms: readonly ReadonlyMap<number, number>[]): Statistics['sizes'] {
  // A field that Redis did not let us remove has the value 0.
  const sizes = histograms.flatMap((histogram) => [...histogram]).filter(([, howMany]) => howMany > 0);
  if (sizes.length === 0) return { min: 0, max: 0, avg: 0 };
  const conversations = sizes.reduce((sum, [, howMany]) => sum + howMany, 0);
  const messages = sizes.reduce((sum, [size, howMany]) => sum + size * howMany, 0);
  const avg = Math.round((100 * messages) / conversations) / 100;
  const occurring = sizes.map(([size]) => size);
  return { min: Math.min(...occurring), max: Math.max(...occurring), avg };
}
