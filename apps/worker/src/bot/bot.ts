import type { BotState, ColleagueWords } from '@app/batching';
import type { AnswerShape } from '@app/bots';
import type { ForwardedEvent, MergedMessage, Reply } from '@app/contracts';
import type { CallPicture } from '../pictures/pictures';
import type { LastAnswer } from './last-answer';

/**
 * The result of giving the bot a message. `answered`: it has the message, and these are its replies. `promised`: it has the
 * message, and will give its reply later. `declined`: it was
 * told that its answer is committed, and takes the answer back. `unavailable`: it may take it later; `mayBlame` is true if
 * the message may be the reason, because the bot had it and did not ask for patience. `refused`: it never will.
 * `interrupted`: our `signal` ended the wait for the answer.
 */
export type BotOutcome =
  | BotAnswer
  | { kind: 'promised' }
  | { kind: 'declined' }
  | { kind: 'unavailable'; answer: LastAnswer; retryAfterMs: number | null; mayBlame: boolean }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'interrupted' };

export interface BotAnswer {
  kind: 'answered';
  /** HTTP's; left out by a bot that is not called over HTTP. */
  status?: number;
  replies: Reply[];
  notUnderstood: NotUnderstood | null;
  /** It answers this draft only when it is final. */
  needsFinal?: boolean;
  /** What it wants to be told once its answer is committed. */
  commit?: object | null;
  /** Humans are to answer the customer from now on. */
  handover?: boolean;
  /** To be kept for the conversation's next call once the answer is committed, JSON; undefined if nothing changes. */
  state?: unknown;
}

/** An answer that cannot be fully read as a reply. */
export interface NotUnderstood {
  shape: AnswerShape;
  /** Its size, unpacked. */
  bytes: number;
  answer: LastAnswer;
}

/** What a job holds for the bot: a merged message, or an event about a message that it has. */
export type BotJob = MergedMessage | ForwardedEvent;

/** A merged message as the bot is called with it. */
export interface BotMessage extends Omit<MergedMessage, 'final'> {
  /** The first batch of its turn: the same for all that supersede it. */
  turnId: string;
  /** Batches whose messages are all in this one, and whose answers nobody reads. */
  supersedes: string[];
  /** Of this batch, from 1. */
  attempt: number;
  /** False: a draft, which further messages may supersede. */
  final: boolean;
  /** Its answer is not sent before, ms since the epoch. */
  answerAt: number;
  /** Only of the call that the bot asked for when it was given the draft. */
  needsFinal?: true;
  late?: true;
  /** What colleagues have written to the customer since the bot last answered them, oldest first; left out if nothing. */
  colleagues?: readonly ColleagueWords[];
  /** What is to be seen in its messages, or why it is not; left out where there are no pictures, or `BOT_PICTURES` is 0. */
  pictures?: readonly CallPicture[];
  /** What the companies file says of its company, if anything. */
  company?: { name: string | null; timeZone: string | null };
}

/** Tells the bot that its answer is final: what it has only planned may be done now. */
export interface CommitNotice {
  type: 'commit';
  batchId: string;
  turnId: string;
  conversationId: string;
  phone: string | null;
  /** As the bot has given it. */
  commit: object;
}

/** What a bot is sent. */
export type BotRequest = BotMessage | ForwardedEvent | CommitNotice;

export function isEvent(request: BotRequest | BotJob): request is ForwardedEvent {
  return 'eventId' in request;
}

export function isCommitNotice(request: BotRequest): request is CommitNotice {
  return 'commit' in request;
}

/** The id by which a bot recognises a request. */
export function idOf(request: BotRequest | BotJob): string {
  if (isEvent(request)) return request.eventId;
  if ('commit' in request) return `${request.batchId}:commit`;
  // Under the draft's id a bot would give the draft's answer again.
  return 'needsFinal' in request ? `${request.batchId}:final` : request.batchId;
}

/** What is to be kept of an answer, and the batch that left what the bot was called with. */
export interface LeftByAnswer {
  follows: string;
  state: unknown;
}

/** What is to be done once an answer is committed. */
export interface AfterAnswer {
  left: LeftByAnswer | null;
  /** Until when the colleagues' words are of which its call told, ms; null if of none. */
  colleaguesUntil: number | null;
}

/** What is known before a call. */
export interface Recalled extends BotState {
  /** Where the bot may answer later; null if it cannot, or nobody knows our address. */
  replyUrl: string | null;
  /** What colleagues have written to the customer since the bot last answered them. */
  colleagues: readonly ColleagueWords[];
}

/** Of a bot for which nothing is kept. */
export const NOTHING_KNOWN: Recalled = { state: null, leftBy: '', replyUrl: null, colleagues: [] };

/** The receiver of merged messages. */
export abstract class Bot {
  /** Sends it; the same request may be sent again, under the same id. Never rejects. */
  abstract take(request: BotRequest, known: Recalled, signal?: AbortSignal): Promise<BotOutcome>;

  /**
   * What is kept of the request's conversation for the bot, and where it may answer later.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  abstract recall(request: BotRequest): Promise<Recalled>;

  /**
   * The answer to the message is committed: keeps what it left, once, and forgets the colleagues' words that its call told of.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  abstract keep(message: MergedMessage, after: AfterAnswer): Promise<void>;
}
