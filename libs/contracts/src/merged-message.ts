import type { CompanyId } from './conversation';
import type { Channel } from './customer-kind';
import type { EditMark, Media, MessageSource, Transcript } from './stored-message';

/** The job name of a merged message. */
export const MERGED_MESSAGE_JOB = 'merged-message';

/** Why a batch was handed off. */
export const FLUSH_REASONS = [
  'quiet',
  'max-size',
  'max-bytes',
  'max-wait',
  'max-rate',
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
  /** Only if it was older than `MAX_MESSAGE_AGE` on arrival: then it is alone in its batch. */
  stale?: true;
  /** Only if it was edited before it was handed off. */
  edited?: EditMark;
  /** Only of a voice note that was to be transcribed: whether its text is what was said. */
  transcript?: Transcript;
}

/** The silence that a batch waited for before it was answered. */
export interface WindowReport {
  /** After the last message, ms. */
  ms: number;
  /** Why so long, in words. */
  why: string;
}

/** The payload of a `merged-message` job, version 1. Times are ms since the epoch. */
export interface MergedMessage {
  version: 1;
  batchId: string;
  conversationId: string;
  /** Digits, if the customer's id is a phone, or else the gateway has said it; null if it is unknown. */
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
  /** The messenger on which the customer wrote. */
  channel: Channel;
  /** The previous batch of its conversation, if that was still on the queue when this one was added. */
  follows?: string;
  /** The batch that this one repeats, if it is a replay. */
  replayOf?: string;
  /** Only `false`, and only of a draft: further messages may supersede it until its answer is committed. */
  final?: boolean;
  /** Only of a draft: its answer is committed at this time at the earliest. */
  answerAt?: number;
  /** The silence after which it is answered, unless something else made it due. */
  window?: WindowReport;
  /** The batches that this one supersedes, oldest first: it has all of their messages, and their answers are not sent. */
  supersedes?: string[];
}

/** A consumer's processor returns this if it has ended the batch's turn itself, so that the queue need not be asked. */
export const TURN_ENDED = { turn: 'ended' } as const;

/** True for `TURN_ENDED`, as the queue's events contain it. */
export function isTurnEnded(returned: unknown): boolean {
  return typeof returned === 'object' && returned !== null && 'turn' in returned && returned.turn === 'ended';
}
