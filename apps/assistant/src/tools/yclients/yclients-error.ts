/** YClients refused, or gave no answer. */
export class YClientsError extends Error {
  constructor(
    /** Of HTTP; 503 if there was no answer. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** True if what we asked for is at fault: another try changes nothing. */
  get isRefusal(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 403, 408, 425, 429].includes(this.status);
  }
}
