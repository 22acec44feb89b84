/** Exit codes of sysexits.h, by which a supervisor tells what kind of help is needed. */
export const EXIT = {
  /** A service that is needed cannot be reached. */
  unavailable: 69,
  /** Something in the configuration is wrong; starting again changes nothing. */
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
