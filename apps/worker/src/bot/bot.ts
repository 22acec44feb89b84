import type { MergedMessage, MessageEvent } from '@app/contracts';
import type { LastAnswer } from './last-answer';
import type { AnswerShape } from './replies-of';

/**
 * What the bot made of a message. `answered`: it has it, and this is what it says to the customer. `unavailable`: it
 * may take it later; `mayBlame` where the message may be the reason, for the bot had it and did not ask for patience. `refused`: it never will. `interrupted`: nobody waited for the answer, because of our `signal`.
 */
export type BotOutcome =
  | { kind: 'answered'; replies: string[]; notUnderstood: NotUnderstood | null }
  | { kind: 'unavailable'; answer: LastAnswer; retryAfterMs: number | null; mayBlame: boolean }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'interrupted' };

/** An answer of which something cannot be read as a reply. */
export interface NotUnderstood {
  shape: AnswerShape;
  answer: LastAnswer;
}

/** What a bot is told: a merged message, or what happened to a message that it has. */
export type BotRequest = (MergedMessage & { late?: true }) | MessageEvent;

export function isEvent(request: BotRequest): request is MessageEvent {
  return 'eventId' in request;
}

/** By which a bot knows a request again. */
export function idOf(request: BotRequest): string {
  return isEvent(request) ? request.eventId : request.batchId;
}

/** Who merged messages are for. */
export abstract class Bot {
  /** Tells it; the same may be told again, under the same id. Never rejects. */
  abstract take(request: BotRequest, signal?: AbortSignal): Promise<BotOutcome>;
}
