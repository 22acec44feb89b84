import type { MergedMessage, MessageEvent } from '@app/batching';
import type { LastAnswer } from './last-answer';

/**
 * What the bot made of a message. `answered`: it has it, and this is what it says to the customer. `unavailable`: it
 * may take it later. `refused`: it never will. `interrupted`: nobody waited for the answer, because of our `signal`.
 */
export type BotOutcome =
  | { kind: 'answered'; replies: string[] }
  | { kind: 'unavailable'; answer: LastAnswer; retryAfterMs: number | null }
  | { kind: 'refused'; answer: LastAnswer }
  | { kind: 'interrupted' };

/** What a bot is told: a merged message, or what happened to a message that it has. */
export type Telling = MergedMessage | MessageEvent;

export function isEvent(telling: Telling): telling is MessageEvent {
  return 'eventId' in telling;
}

/** By which a bot knows a telling again. */
export function idOf(telling: Telling): string {
  return isEvent(telling) ? telling.eventId : telling.batchId;
}

/** Who merged messages are for. */
export abstract class Bot {
  /** Tells it; the same may be told again, under the same id. Never rejects. */
  abstract take(telling: Telling, signal?: AbortSignal): Promise<BotOutcome>;
}
