import type { MergedMessage } from '@app/batching';
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

/** Who merged messages are for. */
export abstract class Bot {
  /** Gives it a message; the same one may be given again, under the same id. Never rejects. */
  abstract take(message: MergedMessage, signal?: AbortSignal): Promise<BotOutcome>;
}
