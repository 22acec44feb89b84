import { StoreUnavailableError } from '../redis/outage';

/**
 * A conversation is damaged: nothing was done to it, and nothing will be until an operator has it repaired.
 * A sender may send its message again.
 */
export class SetAsideError extends StoreUnavailableError {
  constructor(
    readonly conversationId: string,
    readonly reason: string,
  ) {
    super(reason);
    this.name = 'SetAsideError';
    this.message = `A conversation is set aside: ${reason}. Repair it: POST /admin/set-aside/:id/repair`;
  }
}

/** For work on many conversations: one that is set aside has been logged, and is skipped. */
export function unlessSetAside(error: unknown): null {
  if (error instanceof SetAsideError) return null;
  throw error;
}
