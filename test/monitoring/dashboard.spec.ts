import { readDashboard } from './operators-files';

const dashboard = readDashboard();
const shown = dashboard.panels.filter(({ type }) => type !== 'row');

describe('the dashboard', () => {
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
