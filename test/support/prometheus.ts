import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { STUCK_MS } from './eventually';
import { freePort } from './free-port';

const READY = /Server is ready to receive web requests/;

/** One series of an answer, with its present value. */
export interface Sample {
  metric: Record<string, string>;
  value: number;
}

/** A rule for an alert, as Prometheus has read it. */
export interface AlertRule {
  name: string;
  /** As Prometheus writes it: spaces around comparisons, and none within the braces of a selector. */
  query: string;
}

/** An alert that is pending or firing. */
export interface Alert {
  state: 'pending' | 'firing';
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** A real Prometheus for one test: on loopback, on its own port, with its data in a temporary directory. */
export class Prometheus {
  private constructor(
    private readonly child: Child,
    private readonly url: string,
    private readonly directory: string,
  ) {}

  /**
   * Resolves once it serves.
   *
   * @param files its configuration, `prometheus.yml`, and the files that it names, by name.
   */
  static async start(program: string, files: Record<string, string>): Promise<Prometheus> {
    const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-prometheus-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    const address = `127.0.0.1:${await freePort()}`;
    const child = new Child('prometheus', program, [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${address}`,
    ]);
    await child.waitForLine(READY, STUCK_MS);
    return new Prometheus(child, `http://${address}`, directory);
  }

  /** The present value of an expression. */
  async query(expression: string): Promise<Sample[]> {
    const { result } = await this.ask<{ result: { metric: Sample['metric']; value: [number, string] }[] }>(
      `query?query=${encodeURIComponent(expression)}`,
    );
    return result.map(({ metric, value: [, text] }) => ({ metric, value: Number(text) }));
  }

  /** The name of every metric that it has seen. */
  metricNames(): Promise<string[]> {
    return this.ask('label/__name__/values');
  }

  async alertRules(): Promise<AlertRule[]> {
    const { groups } = await this.ask<{ groups: { rules: AlertRule[] }[] }>('rules?type=alert');
    return groups.flatMap(({ rules }) => rules);
  }

  async alerts(): Promise<Alert[]> {
    return (await this.ask<{ alerts: Alert[] }>('alerts')).alerts;
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.child.kill();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async ask<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}/api/v1/${path}`);
    const body = (await response.json()) as { status: string; error?: string; data: T };
    if (body.status !== 'success') throw new Error(`Prometheus refuses ${path}: ${body.error ?? ''}`);
    return body.data;
  }
}
