import { Injectable } from '@nestjs/common';
import { channelOf, CHANNELS, FLUSH_REASONS } from '@app/contracts';
import { Metrics } from '@app/platform';
import type { Claim } from './claims';

/** Is called with the results of hand-offs. */
export interface HandOffObserver {
  /** @param tookMs from the claim to the end of the hand-off. */
  handedOff(claim: Claim, tookMs: number): void;
  /** One try failed; the batch is tried again, or buried. */
  failed(kind: 'refused' | 'unavailable'): void;
  /** A batch was claimed whose owner had died, or had given it back. */
  reclaimed(): void;
  buried(): void;
}

/** An observer that does nothing. */
export const NO_HAND_OFF_OBSERVER: HandOffObserver = {
  handedOff: () => undefined,
  failed: () => undefined,
  reclaimed: () => undefined,
  buried: () => undefined,
};

/** Counts this process's hand-offs. */
@Injectable()
export class HandOffMetrics implements HandOffObserver {
  private readonly batches;
  private readonly messages;
  private readonly sizes;
  private readonly waits;
  private readonly lags;
  private readonly failures;
  private readonly reclaims;
  private readonly burials;

  constructor(metrics: Metrics) {
    this.batches = metrics.counter({
      name: 'batches_handed_off_total',
      help: 'Batches handed off by this process, by flush reason.',
      labelNames: ['reason'],
    });
    for (const reason of FLUSH_REASONS) this.batches.inc({ reason }, 0);
    this.messages = metrics.counter({
      name: 'messages_handed_off_total',
      help: 'Messages in the batches handed off by this process, by the messenger on which they were written.',
      labelNames: ['channel'],
    });
    for (const channel of CHANNELS) this.messages.inc({ channel }, 0);
    this.sizes = metrics.histogram({
      name: 'batch_size_messages',
      help: 'Messages in a batch.',
      buckets: [1, 2, 3, 4, 5, 7, 10, 20, 50, 100],
    });
    this.waits = metrics.histogram({
      name: 'batch_wait_seconds',
      help: 'Time from the arrival of a batch’s first message to its hand-off.',
      buckets: [0.5, 1, 2, 5, 8, 9, 10, 12, 15, 20, 30, 60, 120, 600],
    });
    this.lags = metrics.histogram({
      name: 'flush_lag_seconds',
      help: 'Time from a batch’s due time to its hand-off.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    });
    this.failures = metrics.counter({
      name: 'hand_off_failures_total',
      help: 'Tries to hand a batch off that failed: the queue refused it, or was unavailable.',
      labelNames: ['kind'],
    });
    for (const kind of ['refused', 'unavailable']) this.failures.inc({ kind }, 0);
    this.reclaims = metrics.counter({
      name: 'batches_reclaimed_total',
      help: 'Batches claimed again: their owner had died, or had given them back.',
    });
    this.burials = metrics.counter({
      name: 'batches_buried_total',
      help: 'Batches that became dead letters.',
    });
  }

  handedOff({ conversation, reason, messages, flushedAt, lateMs }: Claim, tookMs: number): void {
    this.batches.inc({ reason });
    this.messages.inc({ channel: channelOf(conversation.customer) }, messages.length);
    this.sizes.observe(messages.length);
    const firstMs = Math.min(...messages.map(({ receivedAt }) => receivedAt));
    this.waits.observe(Math.max(0, flushedAt - firstMs + tookMs) / 1000);
    this.lags.observe((lateMs + tookMs) / 1000);
  }

  failed(kind: 'refused' | 'unavailable'): void {
    this.failures.inc({ kind });
  }

  reclaimed(): void {
    this.reclaims.inc();
  }

  buried(): void {
    this.burials.inc();
  }
}
