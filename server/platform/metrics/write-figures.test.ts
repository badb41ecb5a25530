import { Counter, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { Figures } from './siblings';
import { mergeFigures, writeFigures } from './write-figures';

/** The figures of a process with some requests. */
async function figuresOf(count: number): Promise<Figures> {
  const own = new Registry();
  new Counter({ name: 'asked_total', help: 'Asked.', labelNames: ['by'], registers: [own] })
    .labels('you')
    .inc(count);
  new Histogram({ name: 'took_seconds', help: 'Took.', buckets: [1], registers: [own] }).observe(
    count,
  );
  return (await own.getMetricsAsJSON()) as Figures;
}

it('figures of several processes are told apart by a label, each under one heading', async () => {
  const processes = new Map([
    ['1', await figuresOf(1)],
    ['2', await figuresOf(5)],
  ]);
  expect(await writeFigures(mergeFigures(processes))).toBe(`# HELP asked_total Asked.
# TYPE asked_total counter
asked_total{by="you",process="1"} 1
asked_total{by="you",process="2"} 5

# HELP took_seconds Took.
# TYPE took_seconds histogram
took_seconds_bucket{le="1",process="1"} 1
took_seconds_bucket{le="+Inf",process="1"} 1
took_seconds_sum{process="1"} 1
took_seconds_count{process="1"} 1
took_seconds_bucket{le="1",process="2"} 0
took_seconds_bucket{le="+Inf",process="2"} 1
took_seconds_sum{process="2"} 5
took_seconds_count{process="2"} 1
`);
});

it('figures of one process are written as they are', async () => {
  expect(await writeFigures(await figuresOf(3))).toContain('asked_total{by="you"} 3\n');
});
