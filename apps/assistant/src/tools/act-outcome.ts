/** What became of a planned act. */
export type ActOutcome =
  | { kind: 'done' }
  /** It cannot be done any more; the customer is told this in place of the promise. */
  | { kind: 'refused'; reply: string };
