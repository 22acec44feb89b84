import type { Redis } from 'ioredis';

// With the step before it and another's wait in front, a sender still hears 503 within 2 s.
const PATIENCE_MS = 500;

/**
 * The `WAIT`s of one connection, one after the other, for each holds the connection up: all who come while one is under
 * way share the next.
 */
export class WaitQueue {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<number> | null = null;

  constructor(
    private readonly server: Redis,
    private readonly minReplicas: number,
  ) {}

  /** How many replicas have all that this connection wrote before the call. */
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
