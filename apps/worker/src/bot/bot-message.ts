import type { MergedMessage } from '@app/contracts';
import type { BotMessage } from './bot';

/** What is known of a call beside its message. */
export interface CallFacts {
  /** Of this batch, from 1. */
  attempt: number;
  /** False while a further message may supersede it. */
  isFinal: boolean;
  /** The bot has been given the draft, and asked for this call. */
  wasAskedFor: boolean;
  /** How old a message may be before it is marked as late, ms; 0: none is. */
  staleMs: number;
  nowMs: number;
  /** Null, or left out, where nothing is known of its company. */
  company?: BotMessage['company'] | null;
}

/** A merged message as the bot is called with it. */
export function botMessage(
  message: MergedMessage,
  { attempt, isFinal, wasAskedFor, staleMs, nowMs, company }: CallFacts,
): BotMessage {
  const { supersedes = [], answerAt = message.flushedAt } = message;
  return {
    ...message,
    turnId: turnIdOf(message),
    supersedes,
    attempt,
    final: isFinal,
    answerAt,
    ...(wasAskedFor && { needsFinal: true }),
    ...(isLate(message, staleMs, nowMs) && { late: true }),
    ...(company && { company }),
  };
}

/** The first batch of a turn, which keeps its name however often it is superseded. */
export function turnIdOf({ batchId, supersedes: [first = batchId] = [] }: MergedMessage): string {
  return first;
}

/** "Good morning" is no answer to last night's question. The age is counted from the arrival of the last fragment. */
function isLate({ messages }: MergedMessage, staleMs: number, nowMs: number): boolean {
  return staleMs > 0 && nowMs - Math.max(...messages.map(({ receivedAt }) => receivedAt)) > staleMs;
}
