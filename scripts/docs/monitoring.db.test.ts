import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import '@/server/doors/table';
import { measureOperations } from '@/server/features/operations';
import { readMetrics, setProductMetrics } from '@/server/platform/metrics';
import { registry, sharedRegistry } from '@/server/platform/metrics/registry';
import { endTracing, startTracing } from '@/server/platform/tracing';
import { useTestDatabase } from '@/server/testing/database';
import { root } from '../launcher/settings';

useTestDatabase();

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/pages/self-hosting/operations.mdx');
const dashboard = JSON.parse(read('public/monitoring/grafana-dashboard.json')) as {
  panels: { title: string; targets?: { expr: string }[] }[];
};
const { groups } = parse(read('public/monitoring/prometheus-alerts.yml')) as {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const queries = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => [title, expr] as const),
  ),
];

const NAME = /\b(?:humanrail|process|nodejs)_[a-z0-9_]+/g;
const namesIn = (text: string) => [...new Set(text.match(NAME) ?? [])];
/** Labels added by Prometheus, and those that distinguish processes on one port. */
const ADDED = ['job', 'instance', 'process', 'le'];

/** The registry's labels by series. */
const series = new Map<string, readonly string[]>();

beforeAll(async () => {
  // Tracing's metrics exist only while it is on.
  await startTracing({ endpoint: 'http://127.0.0.1:9', serviceName: 'test', share: 0 });
  await endTracing();
  setProductMetrics(measureOperations);
  const { text } = await readMetrics();
  const metrics = [...registry().getMetricsAsArray(), ...sharedRegistry().getMetricsAsArray()];
  const labels = new Map(
    metrics.map((metric) => [metric.name, (metric as { labelNames?: string[] }).labelNames ?? []]),
  );
  for (const [, name = '', type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const own = labels.get(name) ?? [];
    const ends = type === 'histogram' ? ['', '_bucket', '_sum', '_count'] : [''];
    // prom-client exports a summary's sum and count; no quantiles are used.
    if (type === 'summary') ends.push('_sum', '_count');
    for (const end of ends) series.set(name + end, own);
  }
});

describe('dashboard and alerts', () => {
  it('ask for figures that there are, by labels that they have', () => {
    const unknown = queries.flatMap(([of, query]) =>
      namesIn(query).flatMap((name) => {
        const labels = series.get(name);
        if (!labels) return [`${of}: there is no ${name}`];
        const asked = new RegExp(`${name}\\{([^}]*)\\}`).exec(query)?.[1] ?? '';
        return [...asked.matchAll(/(\w+)\s*(?:!?=~?|!~)/g)]
          .map(([, label = '']) => label)
          .filter((label) => !labels.includes(label) && !ADDED.includes(label))
          .map((label) => `${of}: ${name} has no ${label}`);
      }),
    );
    expect(unknown).toEqual([]);
    expect(queries.length).toBeGreaterThan(60);
  });

  it('group by labels that the figures have', () => {
    const unknown = queries.flatMap(([of, query]) => {
      const known = [...ADDED, ...namesIn(query).flatMap((name) => series.get(name) ?? [])];
      return [...query.matchAll(/\bby \(([^)]*)\)/g)]
        .flatMap(([, labels = '']) => labels.split(',').map((label) => label.trim()))
        .filter((label) => !known.includes(label))
        .map((label) => `${of}: ${label}`);
    });
    expect(unknown).toEqual([]);
  });
});

describe('the page on watching an instance', () => {
  it('says of each alert what it means, how to confirm it and what to do, and the alert leads there', () => {
    for (const { alert, annotations } of rules) {
      const section = new RegExp(`^### ${alert}\\n([\\s\\S]*?)(?=^##|$(?![\\s\\S]))`, 'm').exec(
        page,
      );
      for (const part of ['**Means.**', '**Confirm.**', '**Do.**']) {
        expect(section?.[1] ?? '', alert).toContain(part);
      }
      const anchor = new GithubSlugger().slug(alert);
      expect(annotations.runbook).toBe(`/docs/self-hosting/operations#${anchor}`);
    }
    const described = [...page.matchAll(/^### (HumanRail\w+)$/gm)].map(([, name]) => name);
    expect(described.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
  });

  it('lists every figure of ours with its labels, and no other', () => {
    const rows = [...page.matchAll(/^\| `(humanrail_\w+)` \|(.*?)\|/gm)];
    const listed = rows.map(([, name, labels = '']) => [
      name,
      (labels.match(/\w+/g) ?? []).toSorted(),
    ]);
    const metrics = [...registry().getMetricsAsArray(), ...sharedRegistry().getMetricsAsArray()];
    const own = metrics
      .filter(({ name }) => name.startsWith('humanrail_'))
      .map((metric) => [
        metric.name,
        [...((metric as { labelNames?: string[] }).labelNames ?? [])].toSorted(),
      ]);
    expect(listed.toSorted()).toEqual(own.toSorted());
  });

  it('names no figure that there is not', () => {
    expect(namesIn(page).filter((name) => !series.has(name))).toEqual([]);
  });
});
