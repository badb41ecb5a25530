import { expect, it } from 'vitest';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, workerActor } from '@/server/testing/factories';
import { mostUrgentTakeable } from './takeable';

useTestDatabase();

it('the most urgent task is found by an index, however many are open', async () => {
  const organization = await createOrganization();
  await db.$executeRaw`
    INSERT INTO tasks (id, organization_id, mode, type, payload, output_schema, payout_sats, sla_seconds,
           skills_required, risk_tier, min_votes, max_votes, target_confidence, request_hash, created_by,
           votes_wanted, open_seats, sequence, held_sats, created_at, updated_at, expires_at)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 't', '{}', '{}', 5, 86400, '{}', 'low', 1, 1,
           0.8, '', 'test', 1, 1, 1, 6, now(), now(), now() + interval '1 hour' + n * interval '1 second'
      FROM generate_series(1, 100000) AS n`;
  await db.$executeRaw`ANALYZE`;
  const [worker] = await Promise.all([
    workerActor({ mode: 'live' }),
    // One of many, so that the planner expects few tasks to be for this worker.
    ...Array.from({ length: 200 }, () => workerActor({ mode: 'live' })),
  ]);
  const plan = await db.$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`
    EXPLAIN (ANALYZE, BUFFERS)
    SELECT t.id FROM tasks t WHERE ${mostUrgentTakeable(worker, clock.now())}
     ORDER BY t.expires_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED`);
  const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(lines).toContain('Index Scan using tasks_open_seats_idx');
  expect(lines).not.toContain('Sort');
  const [, hit = '0', , read = '0'] = /Buffers: shared hit=(\d+)( read=(\d+))?/.exec(lines) ?? [];
  expect(Number(hit) + Number(read)).toBeLessThan(50);
});
