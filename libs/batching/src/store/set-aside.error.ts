import { StoreUnavailableError } from '../redis/outage';

/**
 * A conversation is not as it should be: nothing was done to it, and nothing will be until an operator has it repaired.
 * Whoever sends a message to it may send it again.
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

/** For whoever does a thing to many conversations: one that is set aside has been said, and is passed over. */
export function unlessSetAside(error: unknown): null {
  if (error instanceof SetAsideError) return null;
  throw error;
}
