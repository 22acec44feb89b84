/** The queue has given the job to another worker, or is about to: this one does nothing more with it. */
export class JobLostError extends Error {
  constructor() {
    super('the queue has given this job to another worker, or is about to');
    this.name = 'JobLostError';
  }
}
