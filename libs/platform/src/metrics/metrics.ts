import { Injectable } from '@nestjs/common';
import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

const PREFIX = 'rapid_fire_';

/** Reads a value at the moment of a scrape and sets its metric; never rejects. */
export type Reading = () => Promise<void>;

/**
 * The metrics of one application. Names get the prefix `rapid_fire_`; labels have few values, and never a customer's.
 * Each application has its own registry, because several applications may share a process.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly readings: Reading[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** A value that only grows while the process lives; its name ends in `_total`. */
  counter<L extends string = never>(options: Omit<CounterConfiguration<L>, 'registers'>): Counter<L> {
    return new Counter({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** A value that goes up and down. */
  gauge<L extends string = never>(options: Omit<GaugeConfiguration<L>, 'registers'>): Gauge<L> {
    return new Gauge({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** A distribution of values. */
  histogram<L extends string = never>(options: Omit<HistogramConfiguration<L>, 'registers'>): Histogram<L> {
    return new Histogram({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** Runs a reading before every scrape. */
  beforeScrape(reading: Reading): void {
    this.readings.push(reading);
  }

  /** All metrics in Prometheus's format. */
  async render(): Promise<string> {
    await Promise.all(this.readings.map((read) => read()));
    return this.registry.metrics();
  }
}
