import {
  type Awaits,
  type BatchEntry,
  type MergedPart,
  parseConversationId,
  type ReplyEntry,
  type TimelineEntry,
} from '@app/contracts';
import type { KnownBatch } from './known-batches';
import type { QueueJob } from './queue-job';

/** The steps of a batch: its hand-off, and its end or what it waits for. */
export function entriesOf(batch: KnownBatch, nowMs: number): TimelineEntry[] {
  const { message, buried, job } = batch;
  const { batchId, conversationId, flushedAt, messageCount } = message;
  const about = { kind: 'batch', conversationId, batchId, messages: messageCount } as const;
  if (buried) {
    const { buriedAt, error } = buried;
    return [{ ...about, at: buriedAt, state: 'dead-letter', stage: 'batcher', error }];
  }
  const step = job && laterStep(job, nowMs);
  return [
    { ...about, at: flushedAt, state: 'handed-off', ...windowOf(batch) },
    ...(step ? [{ ...about, ...step }] : []),
  ];
}

function windowOf({ message }: KnownBatch): Partial<BatchEntry> {
  const { flushReason, window, messages, flushedAt, final, supersedes, replayOf } = message;
  const arrivals = messages.map(({ receivedAt }) => receivedAt);
  return {
    reason: flushReason,
    ...(window && { window }),
    openMs: Math.max(0, flushedAt - Math.min(...arrivals)),
    silenceMs: Math.max(0, flushedAt - Math.max(...arrivals)),
    ...(final === false && { final }),
    ...(supersedes && { supersedes }),
    ...(replayOf !== undefined && { replayOf }),
  };
}

type LaterStep = Omit<BatchEntry, 'kind' | 'batchId' | 'messages'> & { at: number };

/** Null where the batch has ended as it should: what follows are its replies. */
function laterStep(job: QueueJob, nowMs: number): LaterStep | null {
  const { finishedAt, error, outcome, progress } = job;
  if (finishedAt === null) {
    const awaits = awaitedBy(job);
    const since = progress.awaiting?.sinceMs ?? progress.promisedAtMs;
    return {
      at: nowMs,
      state: 'waiting',
      awaits,
      ...(since !== null && { since }),
      ...(progress.error !== null && awaits !== 'window' && { error: progress.error }),
    };
  }
  if (error !== null) return { at: finishedAt, state: 'dead-letter', stage: 'worker', error };
  switch (outcome) {
    case 'superseded':
    case 'muted':
    case 'late':
      return { at: finishedAt, state: outcome };
    default:
      return null;
  }
}

function awaitedBy({ isActive, isBegun, progress }: QueueJob): Awaits {
  const { replies, awaiting, promisedAtMs } = progress;
  if (replies === null && promisedAtMs !== null) return 'reply';
  if (isActive) return replies === null ? 'bot' : 'window';
  if (!isBegun) return 'worker';
  if (awaiting) return awaiting.isParked || awaiting.failures === 0 ? 'bot-away' : 'retry';
  if (replies === null) return 'turn';
  // A reply could not be sent.
  return progress.error === null ? 'window' : 'retry';
}

/** The replies that a job knows and no note is about. */
export function repliesOf(
  { message, job }: KnownBatch,
  isNoted: (batchId: string, reply: number) => boolean,
  nowMs: number,
): TimelineEntry[] {
  if (job === null) return [];
  const { batchId, conversationId, messages } = message;
  const { sent, replies } = job.progress;
  return sent.flatMap(
    (state, reply): (ReplyEntry & { at: number; conversationId: string; text?: string })[] => {
      if (isNoted(batchId, reply)) return [];
      const at = job.finishedAt ?? nowMs;
      const gateway = messages.at(-1)?.source.gateway ?? '';
      const text = replies?.[reply];
      return [
        {
          kind: 'reply',
          at,
          conversationId,
          batchId,
          reply,
          state,
          gateway,
          ...(text !== undefined && { text }),
        },
      ];
    },
  );
}

/** Fragments of one place, such as a batch. */
export interface Fragments {
  conversationId: string;
  /** Null: they wait. */
  batchId: string | null;
  messages: readonly MergedPart[];
}

/**
 * Each fragment once, oldest first, with its edit and with why it has no words: a draft, the batch that supersedes it and the window may all hold it.
 *
 * @param places those later in a batch's way come later.
 */
export function fragmentsOf(places: readonly Fragments[]): TimelineEntry[] {
  const found = new Map<string, { message: MergedPart; conversationId: string; batchId: string | null }>();
  for (const { conversationId, batchId, messages } of places) {
    const times = new Map<string, number>();
    for (const message of messages) {
      const { receivedAt, messageId, timestamp } = message;
      const same = JSON.stringify([conversationId, receivedAt, timestamp, messageId]);
      const nth = (times.get(same) ?? 0) + 1;
      times.set(same, nth);
      const key = `${same} ${nth}`;
      found.set(key, { message, conversationId, batchId: batchId ?? found.get(key)?.batchId ?? null });
    }
  }
  const fragments = [...found.values()].sort((a, b) => a.message.receivedAt - b.message.receivedAt);
  const last = new Map<string, number>();
  return fragments.flatMap(({ message, conversationId, batchId }) => {
    const before = last.get(conversationId);
    last.set(conversationId, message.receivedAt);
    const gapMs = before === undefined ? null : message.receivedAt - before;
    return [
      fragment(message, { conversationId, batchId, gapMs }),
      ...missingWordsOf(message, conversationId),
      ...editOf(message, conversationId),
    ];
  });
}

function fragment(
  { messageId, type, text, media, timestamp, receivedAt }: MergedPart,
  place: { conversationId: string; batchId: string | null; gapMs: number | null },
): TimelineEntry {
  return { kind: 'message', at: receivedAt, messageId, type, text, media, timestamp, ...place };
}

function missingWordsOf(
  { transcript, receivedAt: at, messageId }: MergedPart,
  conversationId: string,
): TimelineEntry[] {
  if (!transcript || transcript.made) return [];
  return [{ kind: 'transcript', at, conversationId, messageId, reason: transcript.why }];
}

function editOf(
  { edited, receivedAt, messageId, text }: MergedPart,
  conversationId: string,
): TimelineEntry[] {
  if (!edited) return [];
  // The sender's clock may be behind ours.
  const at = Math.max(edited.at, receivedAt);
  const outcome = edited.readable ? 'edited' : 'unreadable';
  return [{ kind: 'edit', at, conversationId, targetId: messageId, outcome, text }];
}

/** True if a conversation is with this company; every one is if none is asked for. */
export function isOfCompany(conversationId: string, companyId: string | null): boolean {
  return companyId === null || String(parseConversationId(conversationId).companyId) === companyId;
}
