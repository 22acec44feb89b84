import type { Redis } from 'ioredis';

// Together with the step before it and another caller's wait, a sender still gets its 503 within 2 s.
const PATIENCE_MS = 500;

/**
 * The `WAIT`s of one connection, one after the other, because each blocks the connection: all callers that arrive during
 * one share the next.
 */
export class WaitQueue {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<number> | null = null;

  constructor(
    private readonly server: Redis,
    private readonly minReplicas: number,
  ) {}

  /** The number of replicas that have everything this connection wrote before the call. */
  replicasThatHaveAll(): Promise<number> {
    this.next ??= this.running.then(() => {
      this.next = null;
      const asked = this.server.wait(this.minReplicas, PATIENCE_MS);
      this.running = asked.catch(() => undefined);
      return asked;
    });
    return this.next;
  }
}
