/** What is to be done at times of a clock that the test moves: earliest first, and in the order in which it was noted. */
export class Agenda<T> {
  private readonly entries: { at: number; what: T }[] = [];

  note(at: number, what: T): void {
    const later = this.entries.findIndex((entry) => entry.at > at);
    this.entries.splice(later === -1 ? this.entries.length : later, 0, { at, what });
  }

  /** When the next is to be done, ms; null if there is nothing. */
  get nextAt(): number | null {
    return this.entries[0]?.at ?? null;
  }

  /** Takes all that is to be done by then. */
  take(now: number): T[] {
    const later = this.entries.findIndex(({ at }) => at > now);
    return this.entries.splice(0, later === -1 ? this.entries.length : later).map(({ what }) => what);
  }
}
