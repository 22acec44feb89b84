import { Logger } from '@nestjs/common';
import { SetAsideError } from '@app/batching';
import { ProblemException } from '@app/platform';
import { storeProblem } from './store-problem';

/**
 * Why an item of a request was not taken, and is to be sent again: its conversation is full, or set aside until an operator
 * has repaired it; Redis cannot serve; an earlier item of its conversation was refused; or a fault of ours, which is logged.
 */
export type RefusalReason = 'over-cap' | 'set-aside' | 'unavailable' | 'behind' | 'fault';

/** An item that was refused. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** The answer to the request if this were its only item. */
  readonly problem: ProblemException;
}

/** How the items of one kind of request are taken. */
export interface Steps<Item, Answer> {
  /** The id of an item's conversation; null if it is unknown, or the item changes none. */
  conversationOf(item: Item): string | null;
  take(item: Item): Promise<Answer>;
  refused(item: Item, refusal: Refusal): Answer;
}

/** The answers in the order of the items, and the refusals among them. */
export interface Taken<Answer> {
  readonly answers: Answer[];
  readonly refusals: readonly Refusal[];
}

// Without Redis an answer is due within two seconds, and one command may take 1.5 s to fail.
const PATIENCE_MS = 400;

const logger = new Logger('Intake');

/**
 * Takes the items of one request one after the other, because their order is the order of arrival. Each is tried, whatever
 * the result of those before it.
 *
 * There are two exceptions. Items after a refused one in its own conversation are refused with it, so that all of them
 * are stored in their written order when they are sent again. And a Redis that only times out is not asked for every item.
 */
export async function takeInTurn<Item, Answer>(
  items: readonly Item[],
  steps: Steps<Item, Answer>,
): Promise<Taken<Answer>> {
  const answers: Answer[] = [];
  const refusals: Refusal[] = [];
  const gate = new Gate();
  for (const item of items) {
    const startedAt = performance.now();
    let conversation: string | null = null;
    let refusal: Refusal | null;
    try {
      conversation = steps.conversationOf(item);
      refusal = gate.refusalOf(conversation);
      if (refusal === null) {
        answers.push(await steps.take(item));
        continue;
      }
    } catch (error) {
      refusal = refusalOf(error, refusals);
      gate.refused(refusal, performance.now() - startedAt);
    }
    gate.close(conversation, refusal);
    refusals.push(refusal);
    answers.push(steps.refused(item, refusal));
  }
  return { answers, refusals };
}

/** Knows the conversations of which no further item of a request may be taken. */
class Gate {
  private readonly closed = new Map<string, Refusal>();
  private outage: Refusal | null = null;
  private lostMs = 0;

  /** Why an item is not to be tried; null if it is. */
  refusalOf(conversation: string | null): Refusal | null {
    const ahead = conversation === null ? undefined : this.closed.get(conversation);
    if (ahead !== undefined) return { ...ahead, reason: 'behind' };
    return this.lostMs > PATIENCE_MS ? this.outage : null;
  }

  refused(refusal: Refusal, tookMs: number): void {
    if (refusal.reason !== 'unavailable') return;
    this.outage = refusal;
    this.lostMs += tookMs;
  }

  /** Closes a conversation to later items, under its own name and under that of its customer's alias. */
  close(conversation: string | null, refusal: Refusal): void {
    const { conversationId } = refusal.problem.problem;
    for (const id of [conversation, conversationId]) if (typeof id === 'string') this.closed.set(id, refusal);
  }
}

/**
 * The answer to a request of which some items were refused: the worst of their answers, with `results` for all.
 * The worst is the one without Redis, then a full conversation, then a fault of ours.
 */
export function worstOf(refusals: readonly Refusal[], results: readonly object[]): ProblemException {
  const problems = refusals.map(({ problem }) => problem);
  const worst = problems.reduce((one, other) => (rankOf(other) > rankOf(one) ? other : one));
  if (results.length === 1) return worst;
  const waits = problems.map(({ retryAfterS }) => retryAfterS ?? 0);
  const detail = `${worst.problem.detail} Not taken, as results say: ${refusals.length}.`;
  return new ProblemException(
    worst.getStatus(),
    { detail, results },
    waits.reduce((one, other) => Math.max(one, other)) || undefined,
  );
}

function rankOf(problem: ProblemException): number {
  return [500, 429, 503].indexOf(problem.getStatus());
}

/** @param before the log reports the first fault of a request; a thousand like it would say no more. */
function refusalOf(error: unknown, before: readonly Refusal[]): Refusal {
  const unavailable = storeProblem(error);
  if (unavailable)
    return { reason: error instanceof SetAsideError ? 'set-aside' : 'unavailable', problem: unavailable };
  if (error instanceof ProblemException) return { reason: 'over-cap', problem: error };
  if (!before.some(({ reason }) => reason === 'fault'))
    logger.error('Unforeseen error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  const detail = 'The server could not take this. Its log says why.';
  return { reason: 'fault', problem: new ProblemException(500, { detail }) };
}
