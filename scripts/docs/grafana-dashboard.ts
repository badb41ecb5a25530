import { type Panel, ROWS, type Row } from './dashboard-panels';

const COLUMNS = 24;
const SOURCE = { type: 'prometheus', uid: '$source' };
const HEIGHTS = { number: 4, lines: 8 } as const;

/** The dashboard as Grafana imports it. It asks for a Prometheus data source and the instance's scrape job. */
export function grafanaDashboard(): string {
  const dashboard = {
    uid: 'humanrail',
    title: 'HumanRail',
    description:
      'An instance of HumanRail: what needs somebody, tasks, webhooks, money, processes.',
    tags: ['humanrail'],
    schemaVersion: 39,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: '',
    links: [],
    annotations: { list: [] },
    templating: {
      list: [
        { name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' },
        {
          ...{ name: 'job', label: 'Job', type: 'query', datasource: SOURCE, refresh: 1 },
          query: {
            query: 'label_values(humanrail_engine_registered, job)',
            refId: 'job',
          },
        },
      ],
    },
    panels: placed(ROWS),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function placed(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const { title, panels: own } of rows) {
    panels.push({
      ...{ id: panels.length + 1, type: 'row', title, collapsed: false, panels: [] },
      gridPos: { x: 0, y: y++, w: COLUMNS, h: 1 },
    });
    // Numbers share a row, lines are three to a row.
    const isNumbers = own.every(({ kind }) => kind === 'number');
    const perLine = isNumbers ? own.length : 3;
    const w = COLUMNS / perLine;
    const h = HEIGHTS[isNumbers ? 'number' : 'lines'];
    for (const [n, panel] of own.entries()) {
      const at = { x: (n % perLine) * w, y: y + Math.floor(n / perLine) * h, w, h };
      panels.push({ id: panels.length + 1, ...panelOf(panel), gridPos: at });
    }
    y += Math.ceil(own.length / perLine) * h;
  }
  return panels;
}

function panelOf({ title, about, kind, unit, badFrom, badBelow, queries }: Panel): object {
  const steps =
    badBelow === undefined
      ? [
          { color: 'green', value: null },
          ...(badFrom === undefined ? [] : [{ color: 'red', value: badFrom }]),
        ]
      : [
          { color: 'red', value: null },
          { color: 'green', value: badBelow },
        ];
  return {
    title,
    ...(about ? { description: about } : {}),
    type: kind === 'number' ? 'stat' : 'timeseries',
    datasource: SOURCE,
    targets: queries.map(([expr, legendFormat], n) => ({
      ...{ refId: String.fromCharCode(65 + n), datasource: SOURCE, expr, legendFormat },
    })),
    fieldConfig: {
      defaults: { unit, min: 0, thresholds: { mode: 'absolute', steps } },
      overrides: [],
    },
    options:
      kind === 'number'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
  };
}
