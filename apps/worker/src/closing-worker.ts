import { type Job, Worker } from 'bullmq';

/** A consumer that asks for no job once it is closing. BullMQ's may ask once more, and wait until its Redis is back. */
export class ClosingWorker extends Worker {
  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    if (this.closing) return undefined as unknown as Job;
    return super.moveToActive(token, name);
  }
}
