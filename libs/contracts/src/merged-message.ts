import type { CompanyId } from './conversation';
import type { EditMark, Media, MessageSource } from './stored-message';

/** The job name under which a merged message travels. */
export const MERGED_MESSAGE_JOB = 'merged-message';

/** Why a batch was handed off. */
export const FLUSH_REASONS = [
  'quiet',
  'max-size',
  'max-bytes',
  'max-wait',
  'direct',
  'manual',
  'shutdown',
  'replay',
] as const;

export type FlushReason = (typeof FLUSH_REASONS)[number];

/** One fragment inside a merged message. Times are ms since the epoch. */
export interface MergedPart {
  messageId: string | null;
  type: string;
  text: string;
  timestamp: number;
  receivedAt: number;
  media: Media | null;
  metadata: Record<string, unknown>;
  source: MessageSource;
  /** Only where it was older than `MAX_MESSAGE_AGE` when it came: then it is alone in its batch. */
  stale?: true;
  /** Only where it was edited before it was handed off. */
  edited?: EditMark;
}

/** The payload of a `merged-message` job, version 1. Times are ms since the epoch. */
export interface MergedMessage {
  version: 1;
  batchId: string;
  conversationId: string;
  /** Digits; null where the customer is known by another kind of id only. */
  phone: string | null;
  companyId: CompanyId | null;
  /** The fragments' texts, joined with `BATCH_SEPARATOR`. */
  text: string;
  messageCount: number;
  messages: MergedPart[];
  flushReason: FlushReason;
  firstMessageAt: number;
  lastMessageAt: number;
  flushedAt: number;
  channel: 'whatsapp';
  /** The batch of its conversation before it, where that was still on the queue when this one came there. */
  follows?: string;
  /** The batch that this one repeats, where it is a replay. */
  replayOf?: string;
}

/** What a consumer's processor returns where it has ended the batch's turn itself, so that nobody need ask. */
export const TURN_ENDED = { turn: 'ended' } as const;

/** True for `TURN_ENDED`, as it comes out of the queue's events. */
export function isTurnEnded(returned: unknown): boolean {
  return typeof returned === 'object' && returned !== null && 'turn' in returned && returned.turn === 'ended';
}
