import type { BotState } from '@app/batching';
import type { AnswerShape } from '@app/bots';
import type { ForwardedEvent, MergedMessage, Reply } from '@app/contracts';
import type { LastAnswer } from './last-answer';

/**
 * The result of giving the bot a message. `answered`: it has the message, and these are its replies; `state`, JSON, is to be
 * kept for the conversation's next call once the answer is committed, and undefined if nothing changes. `unavailable`: it
 * may take it later; `mayBlame` is true if the message may be the reason, because the bot had it and did not ask for patience.
 * `refused`: it never will. `interrupted`: our `signal` ended the wait for the answer.
 */
export type BotOutcome =
  | { kind: 'answered'; replies: Reply[]; notUnderstood: NotUnderstood | null; state?: unknown }
  | { kind: 'unavailable'; answer: LastAnswer; retryAfterMs: number | null; mayBlame: boolean }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'interrupted' };

/** An answer that cannot be fully read as a reply. */
export interface NotUnderstood {
  shape: AnswerShape;
  /** Its size, unpacked. */
  bytes: number;
  answer: LastAnswer;
}

/** What a bot is sent: a merged message, or an event about a message that it has. */
export type BotRequest = (MergedMessage & { late?: true }) | ForwardedEvent;

export function isEvent(request: BotRequest): request is ForwardedEvent {
  return 'eventId' in request;
}

/** The id by which a bot recognises a request. */
export function idOf(request: BotRequest): string {
  return isEvent(request) ? request.eventId : request.batchId;
}

/** What is to be kept of an answer, and the batch that left what the bot was called with. */
export interface LeftByAnswer {
  follows: string;
  state: unknown;
}

/** Of a bot for which nothing is kept. */
export const NO_STATE: BotState = { state: null, leftBy: '' };

/** The receiver of merged messages. */
export abstract class Bot {
  /** Sends it; the same request may be sent again, under the same id. Never rejects. */
  abstract take(request: BotRequest, state: unknown, signal?: AbortSignal): Promise<BotOutcome>;

  /**
   * What is kept of the request's conversation for the bot.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  abstract recall(request: BotRequest): Promise<BotState>;

  /**
   * The answer to the message is committed: keeps what it left, once.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  abstract keep(message: MergedMessage, left: LeftByAnswer): Promise<void>;
}
