/** When each conversation was erased, ms since the epoch, by Redis's clock: what was made later belongs to new messages. */
export class ErasedAt {
  private readonly times = new Map<string, number>();

  /** @param startedAt when the erasure began: a conversation of which nothing was found then is a new one. */
  constructor(private readonly startedAt: number) {}

  note(conversationId: string, at: number): void {
    this.times.set(conversationId, at);
  }

  /** True for what was made at a time in front of the erasure of its conversation. */
  isBefore(conversationId: string, at: number): boolean {
    return at < (this.times.get(conversationId) ?? this.startedAt);
  }
}
