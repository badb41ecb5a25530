import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../launcher/packaged';
import { shareFigures } from './share-figures.mjs';

const METRICS = join(root, 'server/platform/metrics');
/** A stand-in for an app process: it has a metric, and reports on demand what it receives from the others. */
const PROGRAM = `
  import { counter, registry } from '${METRICS}/registry.ts';
  import { processName, readSiblings, tellSiblings } from '${METRICS}/siblings.ts';
  const figure = counter({ name: 'humanrail_tested_total', help: 'A figure.', labels: [] });
  figure.inc(10 * Number(processName()));
  tellSiblings(() => registry().getMetricsAsJSON());
  process.on('message', async (message) => {
    if (message === 'hang') for (;;);
    if (message !== 'read') return;
    const found = [...(await readSiblings())].map(([name, [own]]) => [name, own.values[0].value]);
    process.send({ found: found.sort() });
  });
  process.send('ready');
`;

const workers = new Set<Worker>();
const folder = mkdtempSync(join(root, 'node_modules/.share-figures-'));

beforeAll(async () => {
  const exec = join(folder, 'program.ts');
  writeFileSync(exec, PROGRAM);
  cluster.setupPrimary({ exec, execArgv: ['--import', 'tsx'], silent: true });
  const share = shareFigures(() => workers);
  for (let n = 0; n < 3; n++) {
    const worker = cluster.fork();
    workers.add(worker);
    share(worker);
  }
  await Promise.all([...workers].map((worker) => once(worker, 'message')));
});

afterAll(() => {
  for (const worker of workers) worker.process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** What a process receives from the others: their names and metrics. */
async function heardBy(worker: Worker): Promise<unknown> {
  const answer = new Promise((resolve) => {
    worker.on('message', ({ found }: { found?: unknown }) => found && resolve(found));
  });
  worker.send('read');
  return answer;
}

const nameOf = ({ id }: Worker): [string, number] => [String(id), 10 * id];

it('whichever process is asked hears the figures of all others, by their names', async () => {
  const [one, two, three] = [...workers] as [Worker, Worker, Worker];
  expect(await heardBy(one)).toEqual([nameOf(two), nameOf(three)]);
  expect(await heardBy(three)).toEqual([nameOf(one), nameOf(two)]);
});

it('one that hangs is left out, and one that is gone is not waited for', async () => {
  const [one, two, three] = [...workers] as [Worker, Worker, Worker];
  two.send('hang');
  const beganMs = performance.now();
  expect(await heardBy(one)).toEqual([nameOf(three)]);
  expect(performance.now() - beganMs).toBeLessThan(2_000);
  two.process.kill('SIGKILL');
  await once(two, 'exit');
  workers.delete(two);
  expect(await heardBy(one)).toEqual([nameOf(three)]);
});
