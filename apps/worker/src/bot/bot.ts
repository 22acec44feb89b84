import type { MergedMessage, ForwardedEvent } from '@app/contracts';
import type { LastAnswer } from './last-answer';
import type { AnswerShape } from './replies-of';

/**
 * The result of giving the bot a message. `answered`: it has the message, and these are its replies. `unavailable`: it
 * may take it later; `mayBlame` is true if the message may be the reason, because the bot had it and did not ask for patience.
 * `refused`: it never will. `interrupted`: our `signal` ended the wait for the answer.
 */
export type BotOutcome =
  | { kind: 'answered'; replies: string[]; notUnderstood: NotUnderstood | null }
  | { kind: 'unavailable'; answer: LastAnswer; retryAfterMs: number | null; mayBlame: boolean }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'interrupted' };

/** An answer that cannot be fully read as a reply. */
export interface NotUnderstood {
  shape: AnswerShape;
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

/** The receiver of merged messages. */
export abstract class Bot {
  /** Sends it; the same request may be sent again, under the same id. Never rejects. */
  abstract take(request: BotRequest, signal?: AbortSignal): Promise<BotOutcome>;
}
