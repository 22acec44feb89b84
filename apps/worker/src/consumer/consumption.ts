import { hostname } from 'node:os';
import { outageInShort } from '@app/batching';
import { finding, type Finding } from '@app/contracts';

/** Longer than a reconnection takes, shorter than a customer waits for an answer, ms. */
const STANDS_FOR_MS = 5_000;

/**
 * Whether a consumer takes jobs, judged by its requests for one. It asks at least every 10 s while it has room for more.
 *
 * States: well → ailing, when a request fails or gets no answer → well, when one succeeds. The wait between two
 * requests may fail too, which makes it ailing; only an answered request makes it well.
 */
export class Consumption {
  private ailing: { sinceMs: number; why: string } | null = null;
  private asking: number | null = null;

  /** @param monotonicMs a clock that never goes back. */
  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  /** Why no jobs have been taken for a while; null if they are. */
  get trouble(): string | null {
    const nowMs = this.monotonicMs();
    if (this.ailing && nowMs - this.ailing.sinceMs >= STANDS_FOR_MS) return this.ailing.why;
    if (this.asking !== null && nowMs - this.asking >= STANDS_FOR_MS) return 'no answer';
    return null;
  }

  /** The same, as findings of the processes. */
  get findings(): Finding[] {
    const { trouble } = this;
    return trouble === null ? [] : [finding('not-consuming', { host: hostname(), error: trouble })];
  }

  /** Runs a request for a job. */
  async watch<T>(ask: () => Promise<T>): Promise<T> {
    this.asking ??= this.monotonicMs();
    const answer = await this.noteFailure(ask).finally(() => (this.asking = null));
    this.ailing = null;
    return answer;
  }

  /** Runs a step of which only a failure is meaningful. */
  async noteFailure<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  private failed(error: unknown): void {
    this.ailing = { sinceMs: this.ailing?.sinceMs ?? this.monotonicMs(), why: outageInShort(error) };
  }
}
