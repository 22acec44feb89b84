import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AppProcess } from '../support/app-process';
import type { System } from '../support/system';

export const OPS = resolve(__dirname, '../../ops');

/** A file under `ops/`. */
export function readOps(path: string): string {
  return readFileSync(resolve(OPS, path), 'utf8');
}

/** The operators' configuration, but of these processes. */
export function configurationFor({ webhook, batcher }: System, worker: AppProcess): Record<string, string> {
  const addressOf = (app: { url: string } | null): string => new URL(app?.url ?? '').host;
  return {
    'prometheus.yml': readOps('prometheus/prometheus.yml')
      .replace('webhook:3000', addressOf(webhook))
      .replace('batcher:3001', addressOf(batcher))
      .replace('worker:3002', addressOf(worker)),
    'alerts.yml': readOps('prometheus/alerts.yml'),
  };
}

/** A panel of a dashboard, as far as the tests look at it. */
export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { uid: string };
  targets?: { refId: string; expr: string }[];
  panels?: Panel[];
}

/** A Grafana dashboard, as far as the tests look at it. */
export interface Dashboard {
  uid: string;
  schemaVersion: number;
  annotations: { list: { target: { expr: string } }[] };
  templating: { list: { name: string; type: string; query: string }[] };
  panels: Panel[];
}

/** A dashboard and all its panels, those within rows among them. */
export function readDashboard(name: 'rapid-fire' | 'assistant' = 'rapid-fire'): Dashboard {
  const dashboard = JSON.parse(readOps(`grafana/${name}.json`)) as Dashboard;
  return { ...dashboard, panels: dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]) };
}
