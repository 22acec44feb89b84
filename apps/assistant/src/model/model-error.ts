/** The model gave no reply. */
export class ModelError extends Error {
  /** True if it may give one later, whatever the message is. */
  readonly isPassing: boolean;
  readonly retryAfterS: number | null;

  constructor(message: string, { isPassing, retryAfterS }: { isPassing: boolean; retryAfterS?: number }) {
    super(message);
    this.isPassing = isPassing;
    this.retryAfterS = retryAfterS ?? null;
  }
}
