import { isRefusal, SetAsideError, StoreUnavailableError } from '@app/batching';
import { ProblemException } from '@app/platform';

/** What a sender is told of an outage; a Redis that is full, or a replica, answers and refuses. */
export const REDIS_CANNOT_SERVE = 'Redis cannot be reached, or takes no writes, at present. Send this again.';

const RETRY_AFTER_S = 2;
// An operator must repair the conversation first.
const RETRY_WHEN_REPAIRED_S = 60;

/** A Redis that cannot serve is a 503: as far as we know nothing was stored, so the message may be sent again. */
export function storeProblem(error: unknown): ProblemException | null {
  if (error instanceof SetAsideError) {
    const detail = `${error.message}. Send this again then.`;
    return new ProblemException(503, { detail }, RETRY_WHEN_REPAIRED_S);
  }
  if (!(error instanceof StoreUnavailableError) && !isRefusal(error)) return null;
  return new ProblemException(503, { detail: REDIS_CANNOT_SERVE }, RETRY_AFTER_S);
}
