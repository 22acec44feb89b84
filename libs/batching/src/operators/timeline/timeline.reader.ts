import { Injectable } from '@nestjs/common';
import { conversationOf, type KeptNote, parseConversationId, type TimelineEntry } from '@app/contracts';
import { redisTimeMs } from '../../redis/redis-time';
import { BatchStore } from '../../store/batch-store';
import { TimelineRecorder } from '../../timeline/timeline.recorder';
import { OpenBatches } from '../open-batches';
import { entriesOf, fragmentsOf, isOfCompany, repliesOf } from './batch-entries';
import { type KnownBatch, KnownBatches } from './known-batches';
import { presentWindow } from './open-window';

/** What to show. Times are ms since the epoch. */
export interface TimelineQuery {
  customer: string;
  /** Null: of every company. */
  companyId: string | null;
  from: number;
  to: number;
}

/** What happened to a customer's conversations, oldest first. */
export interface Timeline {
  entries: TimelineEntry[];
  /** True if older batches may be missing, because there was more to look through than one call does. */
  isCut: boolean;
}

/**
 * Puts together what is kept of a customer: the window, the history, the jobs in any state, the dead letters, and the notes of
 * what none of these holds. It changes nothing.
 */
@Injectable()
export class TimelineReader {
  constructor(
    private readonly store: BatchStore,
    private readonly notes: TimelineRecorder,
    private readonly open: OpenBatches,
    private readonly batches: KnownBatches,
  ) {}

  /** @throws StoreUnavailableError if Redis cannot serve now. */
  async read({ customer: asked, companyId, from, to }: TimelineQuery): Promise<Timeline> {
    const { customer } = await this.store.homeOf(conversationOf(asked, companyId));
    const [nowMs, kept, open] = await Promise.all([
      this.store.commands(redisTimeMs),
      this.notes.notesOf(customer),
      this.open.of(customer),
    ]);
    const notes = kept.filter(({ conversationId }) => isOfCompany(conversationId, companyId));
    const ids = [
      conversationOf(customer, companyId).id,
      ...[...open.map(({ id }) => id), ...notes.map(({ conversationId }) => conversationId)].filter((id) =>
        isOfCompany(id, companyId),
      ),
    ];
    const windows = await Promise.all(
      [...new Set(ids)].map(async (conversationId) => ({
        conversationId,
        ...(await presentWindow(this.store, parseConversationId(conversationId), nowMs)),
      })),
    );
    const named = [
      ...notes.flatMap((note) => ('batchId' in note ? [note.batchId] : [])),
      ...windows.flatMap(({ batchIds }) => batchIds),
    ];
    const found = await this.batches.of({ customer, from, to }, named);
    const batches = found.batches
      .filter(({ message }) => isOfCompany(message.conversationId, companyId))
      .sort((a, b) => a.message.flushedAt - b.message.flushedAt);
    const entries = [
      ...fragmentsOf([
        ...windows.map(({ conversationId, messages }) => ({ conversationId, messages, batchId: null })),
        ...batches.filter(({ message }) => message.replayOf === undefined).map(fragmentsIn),
      ]),
      ...joined(notes, batches),
      ...batches.flatMap((batch) => entriesOf(batch, nowMs)),
      ...batches.flatMap((batch) => repliesOf(batch, isNotedIn(notes), nowMs)),
      ...windows.flatMap((window) => window.entries),
    ];
    return { entries: inOrder(entries).filter(({ at }) => at >= from && at <= to), isCut: found.isCut };
  }
}

function fragmentsIn({ message }: KnownBatch): Parameters<typeof fragmentsOf>[0][number] {
  const { conversationId, batchId, messages } = message;
  return { conversationId, batchId, messages };
}

/** Each note of a reply with the words that its job holds, and each call of the bot where it ended. */
function joined(notes: readonly KeptNote[], batches: readonly KnownBatch[]): TimelineEntry[] {
  const known = new Map(batches.map((batch) => [batch.message.batchId, batch]));
  const repliedAt = new Map(
    notes.toReversed().flatMap((note) => (note.kind === 'reply' ? [[note.batchId, note.at] as const] : [])),
  );
  return notes.map((note) => {
    if (note.kind !== 'reply' && note.kind !== 'attempt') return note;
    const { message, job = null } = known.get(note.batchId) ?? {};
    if (note.kind === 'attempt') {
      // A worker's idea of Redis's clock may be some ms behind it, and times are rounded.
      const beganAt = Math.max(note.at, message?.flushedAt ?? 0);
      const at = Math.min(beganAt + note.ms, Math.max(beganAt, repliedAt.get(note.batchId) ?? Infinity));
      return { ...note, at };
    }
    const text = job?.progress.replies?.[note.reply];
    return text === undefined ? note : { ...note, text };
  });
}

function isNotedIn(notes: readonly KeptNote[]): (batchId: string, reply: number) => boolean {
  const noted = new Set(notes.map((note) => (note.kind === 'reply' ? `${note.batchId} ${note.reply}` : '')));
  return (batchId, reply) => noted.has(`${batchId} ${reply}`);
}

/** What happens within one millisecond happens in this order; the present comes last. */
const STEPS = ['filling', 'waiting', 'superseded', 'muted', 'late', 'dead-letter'];

function rankOf(entry: TimelineEntry): number {
  switch (entry.kind) {
    case 'message':
      return 0;
    case 'edit':
    case 'revoke':
    case 'ignored':
    case 'transcript':
      return 1;
    case 'batch':
      return STEPS.includes(entry.state) ? 6 : 2;
    case 'attempt':
    case 'picture':
      return 3;
    case 'reply':
      return 4;
    case 'takeover':
    case 'hold':
    case 'mute':
    case 'operator':
      return 5;
  }
}

function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((a, b) => a.at - b.at || rankOf(a) - rankOf(b));
}
