import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { OPS, readDashboard } from './operators-files';

describe.each(['rapid-fire', 'assistant'] as const)('the dashboard %s', (name) => {
  const dashboard = readDashboard(name);
  const shown = dashboard.panels.filter(({ type }) => type !== 'row');

  it('takes its Prometheus from a variable, so that it can be imported anywhere', () => {
    expect(dashboard.templating.list).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
    ]);
    expect(new Set(shown.map(({ datasource }) => datasource?.uid))).toEqual(new Set(['${datasource}']));
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39);
  });

  it.each(shown.map((panel) => [panel.title, panel] as const))(
    '“%s” asks something, and says what',
    (_, panel) => {
      expect(panel.description).toMatch(/\.$/);
      expect(panel.targets).not.toEqual([]);
      const refs = (panel.targets ?? []).map(({ refId }) => refId);
      expect(new Set(refs).size).toBe(refs.length);
    },
  );

  it('gives each panel an id and a place of its own', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...dashboard.panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });
});

describe('the assistant’s dashboard', () => {
  const made = readFileSync(resolve(OPS, '../apps/assistant/src/metrics/assistant.metrics.ts'), 'utf8');
  const asked = readDashboard('assistant').panels.flatMap(({ targets = [] }) =>
    targets.flatMap(({ expr }) =>
      [...expr.matchAll(/rapid_fire_(\w+?)(?:_bucket)?[[{]/g)].map(([, name]) => name),
    ),
  );

  it('shows each of its metrics', () => {
    const names = [...made.matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(names));
  });
});
