import { parseArgs } from 'node:util';
import superjson from 'superjson';
import { db } from '@/server/platform/db';
import { createKey, createOrganization } from '@/server/testing/factories';
import { sessionCookie } from '@/server/testing/session-cookie';
import { type Figure, quantile } from './figure';
import { withOwnInstance } from './own-instance';
import { report } from './report';
import { seedTasks } from './seeded/seed-tasks';

/**
 * Measures the dashboard's reads with a hundred thousand tasks: `npm run bench:dashboard`. Starts
 * and seeds a temporary instance, and sends requests sequentially over HTTP, like a page.
 */
const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
  },
});
const AIM = '< 150 ms p95';
const LIVE = 'live' as const;

interface Ask {
  name: string;
  /** A tRPC procedure and its input, or a path of the REST API. */
  procedure?: string;
  input?: unknown;
  path?: string;
}

async function main(): Promise<void> {
  const tasks = Number(values.tasks);
  const rounds = Number(values.rounds);
  if (!(tasks >= 1_000) || !(rounds >= 5)) {
    throw new Error('--tasks must be at least 1000, and --rounds at least 5.');
  }
  const figures: Figure[] = [];
  const environment = { RATE_LIMIT_PER_MINUTE: '100000000', WEB_PROCESSES: '1' };
  await withOwnInstance(environment, async ({ runtime }) => {
    const organization = await createOrganization({ name: 'Bench', funds: 0n });
    await seedTasks({
      organizationId: organization.id,
      mode: LIVE,
      tasks,
      onProgress: (done) => done % 10_000 === 0 && console.log(`… ${done} tasks seeded`),
    });
    const call = await callerOf(runtime.url, organization);
    const asks = await asksOf(organization.id, tasks);
    figures.push(
      await measure({ name: 'bare Next route handler', path: '/api/empty' }, call, rounds),
    );
    for (const ask of asks) figures.push(await measure(ask, call, rounds));
  });
  report(figures, { tasks, rounds });
  const slow = figures.filter(({ p95Ms = 0 }) => p95Ms >= 150);
  console.log(
    slow.length === 0
      ? 'Every read is below 150 ms at the 95th percentile.'
      : `Slower than 150 ms at the 95th percentile: ${slow.map(({ name }) => name).join(', ')}.`,
  );
}

/** Calls as a member's page and as an agent's key. @throws Error for any status but 200. */
async function callerOf(url: string, organization: { id: string; ownerUserId: string }) {
  const key = await createKey(organization, LIVE);
  const page = {
    cookie: await sessionCookie(organization.ownerUserId),
    'x-humanrail-mode': LIVE,
    'x-humanrail-organization': organization.id,
  };
  return async (ask: Ask): Promise<void> => {
    const input = encodeURIComponent(JSON.stringify(superjson.serialize(ask.input)));
    const path = ask.path ?? `/api/trpc/${ask.procedure}?input=${input}`;
    const headers = ask.path ? { authorization: `Bearer ${key.text}` } : page;
    const response = await fetch(`${url}${path}`, { headers });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${ask.name} was answered ${response.status}: ${text.slice(0, 300)}`);
  };
}

async function measure(
  ask: Ask,
  call: (ask: Ask) => Promise<void>,
  rounds: number,
): Promise<Figure> {
  for (let warm = 0; warm < 3; warm++) await call(ask);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await call(ask);
    samples.push(performance.now() - started);
  }
  const p50Ms = quantile(samples, 0.5);
  const p95Ms = quantile(samples, 0.95);
  return { name: ask.name, unit: 'ms', value: p50Ms, p50Ms, p95Ms, aim: AIM };
}

async function asksOf(organizationId: string, tasks: number): Promise<Ask[]> {
  const [middle] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM tasks WHERE organization_id = ${organizationId}::uuid
     ORDER BY id OFFSET ${Math.floor(tasks / 2)} LIMIT 1`;
  const id = middle?.id ?? '';
  const number = String(Math.floor(tasks / 2));
  const find = (name: string, filter: object, page: object = {}): Ask => ({
    name,
    procedure: 'tasks.find',
    input: { filter, ...page },
  });
  return [
    find('list', {}),
    find('list, in the middle', {}, { older_than: id }),
    find('filter: status', { status: ['failed', 'expired'] }),
    find('filter: status and rare type', {
      status: ['cancelled'],
      type: ['document_verification'],
    }),
    find('filter: created before', { created_before: new Date(Date.now() - 50 * 86_400_000) }),
    find('filter: rare metadata', { metadata: { order: `A-${number.padStart(6, '0')}` } }),
    find('filter: common metadata', { metadata: { env: 'staging' } }),
    find('search: common word', { search: 'kettle' }),
    find('search: rare word', { search: `order ${number}` }),
    find('search: no such word', { search: 'nowhere' }),
    find('search: two words and status', { search: 'kettle passport', status: ['failed'] }),
    find('search: id', { search: id }),
    find('search: end of an id', { search: id.slice(-12) }),
    { name: 'types in use', procedure: 'tasks.types' },
    { name: 'detail: task', procedure: 'tasks.get', input: { id } },
    { name: 'detail: votes', procedure: 'votes.ofTask', input: { taskId: id } },
    { name: 'detail: timeline', procedure: 'tasks.events', input: { id } },
    { name: 'detail: deliveries', procedure: 'deliveries.ofTask', input: { taskId: id } },
    { name: 'insight: activity, 30 days', procedure: 'insight.activity', input: { range: '30d' } },
    { name: 'insight: activity, 90 days', procedure: 'insight.activity', input: { range: '90d' } },
    { name: 'insight: agreement', procedure: 'insight.agreement', input: { range: '90d' } },
    { name: 'insight: calibration', procedure: 'insight.calibration', input: { range: '90d' } },
    { name: 'REST list', path: '/v1/tasks?limit=20' },
    { name: 'REST list, metadata', path: `/v1/tasks?metadata[order]=A-${number.padStart(6, '0')}` },
    { name: 'REST get', path: `/v1/tasks/${id}` },
  ];
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
