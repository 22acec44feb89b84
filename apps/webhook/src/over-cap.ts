import { ProblemException } from '@app/platform';

/** A full conversation is a 429 until its batch is due; times are ms since the epoch. */
export function overCap(
  conversationId: string,
  { dueAt, now }: { dueAt: number | null; now: number },
): ProblemException {
  return new ProblemException(
    429,
    {
      detail: `${conversationId} holds as many unanswered messages as it may. Send this one again later.`,
      conversationId,
    },
    Math.max(1, Math.ceil(((dueAt ?? now) - now) / 1000)),
  );
}
