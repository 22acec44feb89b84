import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Metrics } from '@app/platform';
import { MERGED_MESSAGES } from './queue';

const STATES = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;

/** Shows at every scrape how many jobs the queue holds; while it cannot be read, nothing. */
@Injectable()
export class QueueMetrics {
  constructor(metrics: Metrics, @InjectQueue(MERGED_MESSAGES) queue: Queue) {
    const jobs = metrics.gauge({
      name: 'queue_jobs',
      help: 'Merged messages on the queue. The same from every process of one Redis: take the max, not the sum.',
      labelNames: ['state'],
    });
    metrics.beforeScrape(async () => {
      const counts = await queue.getJobCounts(...STATES).catch(() => ({}));
      jobs.reset();
      for (const [state, count] of Object.entries(counts)) jobs.set({ state }, count);
    });
  }
}
