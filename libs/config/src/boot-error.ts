/** Exit codes of sysexits.h, from which a supervisor knows what kind of help is needed. */
export const EXIT = {
  /** A required service cannot be reached. */
  unavailable: 69,
  /** Something in the configuration is wrong; another start changes nothing. */
  config: 78,
} as const;

/** The process cannot start; its message is for an operator and holds no secret. */
export class BootError extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
