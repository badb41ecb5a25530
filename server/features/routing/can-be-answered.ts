import { holdsSkills, inCrowd, inPool, trustedWith } from '@/server/features/workers';
import { Prisma } from '@/server/platform/db';
import { TYPICAL_SHARE } from './score';

const OWNER = Prisma.sql`t.organization_id`;
const CLOSED_TO = Prisma.sql`t.pool_organization_id`;

/**
 * Whether an online worker who never had `tasks t` may take it and usually answers such tasks in
 * less time than is left at `now`. Busy workers count, because they will be free soon.
 */
export const canBeAnswered = (now: Prisma.Sql): Prisma.Sql => Prisma.sql`
  EXISTS (
    SELECT FROM workers w
      LEFT JOIN worker_type_records r ON r.worker_id = w.id AND r.organization_id = ${OWNER}
       AND r.type = t.type
     WHERE w.mode = t.mode AND w.online AND w.status = 'active'
       AND ${trustedWith(OWNER, Prisma.sql`t.type`, Prisma.sql`t.risk_tier`)}
       AND (t.reserved_for IS NULL OR w.id = t.reserved_for)
       AND ${inPool(OWNER, CLOSED_TO)} AND ${inCrowd(OWNER, Prisma.sql`t.crowd_seats`)}
       AND ${holdsSkills(Prisma.sql`t.skills_required`, OWNER)}
       AND NOT EXISTS (SELECT FROM assignments had
                        WHERE had.task_id = t.id AND had.worker_id = w.id)
       AND extract(epoch FROM t.expires_at - ${now}) >= CASE
             WHEN r.seconds_count > 0 THEN r.seconds_total / r.seconds_count
             ELSE t.sla_seconds * ${TYPICAL_SHARE}::float8 END)`;
