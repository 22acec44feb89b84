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

/** Reads something at the moment of a scrape and sets what was made for it; never rejects. */
export type Reading = () => Promise<void>;

/**
 * The metrics of one application. Names get the prefix `rapid_fire_`; labels have few values, and never a customer's.
 * The registry is its own, for several applications may share a process.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly readings: Reading[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Something that only grows while the process lives; its name ends in `_total`. */
  counter<L extends string = never>(options: Omit<CounterConfiguration<L>, 'registers'>): Counter<L> {
    return new Counter({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** Something that goes up and down. */
  gauge<L extends string = never>(options: Omit<GaugeConfiguration<L>, 'registers'>): Gauge<L> {
    return new Gauge({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** How something is spread. */
  histogram<L extends string = never>(options: Omit<HistogramConfiguration<L>, 'registers'>): Histogram<L> {
    return new Histogram({ ...options, name: PREFIX + options.name, registers: [this.registry] });
  }

  /** Has something read before every scrape. */
  beforeScrape(reading: Reading): void {
    this.readings.push(reading);
  }

  /** Everything as Prometheus reads it. */
  async render(): Promise<string> {
    await Promise.all(this.readings.map((read) => read()));
    return this.registry.metrics();
  }
}
