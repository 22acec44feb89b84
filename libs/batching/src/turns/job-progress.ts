import type { BatchingSettings } from '../config/batching.settings';
import { jobKey, lockKey } from '../queue/queue';
import type { RedisClient } from '../redis/redis-client';
import { ScriptRunner } from '../store/script-runner';
import { noteProgress } from '../store/scripts/note-progress';
import { JobLostError } from './job-lost.error';

/** A job as the queue has given it to a worker. */
export interface HeldJob {
  id?: string | undefined;
  /** The lock under which it has it. */
  token?: string | undefined;
}

/** How far a worker has come with its job, which only that worker notes there. */
export class JobProgress {
  private readonly runner: ScriptRunner;

  /** @param client waits while Redis is away: a note that is lost costs another call of the bot. */
  constructor(
    client: RedisClient,
    private readonly settings: BatchingSettings,
  ) {
    this.runner = new ScriptRunner(client);
  }

  /** @throws JobLostError if the queue has given the job to another worker, or is about to: nothing was noted. */
  async note({ id = '', token = '' }: HeldJob, progress: object): Promise<void> {
    const keys = { job: jobKey(this.settings, id), lock: lockKey(this.settings, id) };
    const args = { holder: token, progress: JSON.stringify(progress) };
    if (!(await this.runner.run(noteProgress, keys, args))) throw new JobLostError();
  }
}
