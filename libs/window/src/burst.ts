/** What one customer writes before they are answered. */
export interface Burst {
  /** Gives the burst the same bot under every setting. */
  id: number;
  customer: string;
  /** When each message came, ms, in order. */
  at: readonly number[];
}
