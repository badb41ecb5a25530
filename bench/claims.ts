import pg from 'pg';
import { deploy } from '@/prisma/migrate';
import { takeNextTask } from '@/server/features/routing';
import type { WorkerActor } from '@/server/platform/actor';
import { useDatabase } from '@/server/platform/db';
import { createOrganization, workerActor } from '@/server/testing/factories';
import { against, type Figure, quantile } from './figure';
import type { PostgresFloors } from './postgres-floors';

const DATABASE = 'bench_claims';
const AT_ONCE = 8;
const CAPACITY = 100;
const WORKERS_IN_TURN = 40;

/** Numbers of open tasks, ascending; the rate must not depend on them. */
const OPEN = [1_000, 100_000, 1_000_000] as const;

/**
 * Rates of claiming the most urgent task, by number of open tasks; the first one is the floor of
 * the others.
 */
export async function measureClaims(
  serverUrl: string,
  floors: PostgresFloors,
  seconds: number,
): Promise<Figure[]> {
  const [fewest, ...more] = OPEN;
  const first = await measureClaimsOf(serverUrl, fewest, seconds);
  const figures = [against(first, floors.insert)];
  for (const open of more) {
    const figure = await measureClaimsOf(serverUrl, open, seconds);
    figures.push({ ...against(figure, first), aim: '≥ 0.77' });
  }
  return figures;
}

/**
 * Concurrent claims while `open` tasks wait: the use case on a separate database, where nothing
 * else routes or expires them.
 */
async function measureClaimsOf(serverUrl: string, open: number, seconds: number): Promise<Figure> {
  console.log(`… claims with ${open.toLocaleString('en')} open tasks`);
  const url = new URL(serverUrl);
  url.pathname = `/${DATABASE}`;
  await execute(serverUrl, `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await execute(serverUrl, `CREATE DATABASE ${DATABASE}`);
  try {
    await deploy(url.href);
    const release = await useDatabase(url.href);
    try {
      return await claim(url.href, open, seconds);
    } finally {
      await release();
    }
  } finally {
    await execute(serverUrl, `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  }
}

async function claim(url: string, open: number, seconds: number): Promise<Figure> {
  const organization = await createOrganization({ funds: 0 });
  await execute(url, OPEN_TASKS, [open, organization.id]);
  await execute(url, 'VACUUM (ANALYZE)');
  const lanes = await Promise.all(Array.from({ length: AT_ONCE }, createLane));
  const samples: number[] = [];
  const begunMs = performance.now();
  const untilMs = begunMs + seconds * 1000;
  const isOver = () => performance.now() >= untilMs;
  await Promise.all(lanes.map((workers) => claimInTurn(workers, isOver, samples)));
  return {
    name: `claim, ${open.toLocaleString('en')} tasks open`,
    unit: 'per second',
    value: samples.length / ((performance.now() - begunMs) / 1000),
    p50Ms: quantile(samples, 0.5),
    p95Ms: quantile(samples, 0.95),
  };
}

/** Workers who claim one after another, because each may hold no more than `CAPACITY`. */
function createLane(): Promise<WorkerActor[]> {
  return Promise.all(
    Array.from({ length: WORKERS_IN_TURN }, () =>
      workerActor({ mode: 'live', capacity: CAPACITY }),
    ),
  );
}

async function claimInTurn(
  workers: readonly WorkerActor[],
  isOver: () => boolean,
  samples: number[],
): Promise<void> {
  for (const worker of workers) {
    for (let held = 0; held < CAPACITY && !isOver(); held++) {
      const sinceMs = performance.now();
      if (!(await takeNextTask(worker))) return;
      samples.push(performance.now() - sinceMs);
    }
  }
}

/** Open live tasks whose deadlines are spread over a day. */
const OPEN_TASKS = `
  INSERT INTO tasks (id, organization_id, mode, type, payload, output_schema, payout_sats, sla_seconds,
         skills_required, risk_tier, min_votes, max_votes, target_confidence, request_hash, created_by,
         votes_wanted, open_seats, sequence, held_sats, created_at, updated_at, expires_at)
  SELECT gen_random_uuid(), $2, 'live', 'bench', '{}', '{}', 500, 86400, '{}', 'low', 1, 1, 0.8, '',
         'bench', 1, 1, 1, 550, now(), now(), now() + interval '1 hour' + n * interval '0.8 seconds'
    FROM generate_series(1, $1::int) AS n`;

async function execute(url: string, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
