import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const OPS = resolve(__dirname, '../../ops');

/** A file under `ops/`. */
export function readOps(path: string): string {
  return readFileSync(resolve(OPS, path), 'utf8');
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

/** The dashboard and all its panels, those within rows among them. */
export function readDashboard(): Dashboard {
  const dashboard = JSON.parse(readOps('grafana/rapid-fire.json')) as Dashboard;
  return { ...dashboard, panels: dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]) };
}
