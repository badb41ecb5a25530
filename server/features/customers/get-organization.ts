import { summaryOf } from '@/server/features/api-keys';
import { depositsOf } from '@/server/features/deposits';
import { wilson } from '@/server/features/insight';
import { listCredits, statementOf } from '@/server/features/ledger';
import type { TeamMember } from '@/server/features/organizations/schema';
import type { Actor, Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { lowestIdAt } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { assertOperator } from './access';
import { figuresOf, figuresSince, NO_FIGURES } from './figures';
import { stateOf } from './find-organizations';
import {
  type EndpointLine,
  type OfOrganization,
  type OrganizationView,
  StatementOf,
  type StatementPage,
  type TypeLine,
} from './schema';

const KEYS_SHOWN = 50;
const TYPES_SHOWN = 50;
const DAY_MS = 86_400_000;
/** The last attempt of a delivery comes at most this long after its creation, unless replayed. */
const TRIED_FOR_MS = 4 * DAY_MS;

interface Place {
  organizationId: string;
  mode: Mode;
}

/**
 * An organization as an operator sees it in their mode, without payloads and answers.
 * @throws Forbidden, NotFound
 */
export async function getOrganization(
  actor: Actor,
  { organizationId }: OfOrganization,
): Promise<OrganizationView> {
  const { mode } = assertOperator(actor);
  const place = { organizationId, mode };
  const [row, figures, members, keys, types, endpoints, limits, appeals, credits, deposits] =
    await Promise.all([
      db.organization.findUnique({ where: { id: organizationId } }),
      figuresOf([organizationId], mode),
      membersOf(organizationId),
      db.apiKey.findMany({ where: place, orderBy: { id: 'desc' }, take: KEYS_SHOWN }),
      typesOf(place),
      endpointsOf(place),
      db.spendLimit.findUnique({ where: { organizationId_mode: place } }),
      appealsOf(place),
      listCredits(organizationId, mode),
      depositsOf(place),
    ]);
  if (!row) throw new NotFound('organization', organizationId);
  return {
    id: row.id,
    name: row.name,
    mode,
    state: stateOf(row),
    createdAt: row.createdAt,
    suspendedAt: row.suspendedAt,
    suspendedReason: row.suspendedReason,
    closedAt: row.deletedAt,
    pool: row.publicPool ? (row.vettedWorkersOnly ? 'vetted' : 'public') : 'own',
    ...(figures.get(organizationId) ?? NO_FIGURES),
    members,
    keys: keys.map(summaryOf),
    types,
    endpoints,
    limits: {
      maxSpendSatsPerDay: numberOf(limits?.maxSpendSatsPerDay),
      lowBalanceSats: numberOf(limits?.lowBalanceSats),
    },
    appeals,
    credits,
    deposits,
  };
}

/**
 * A page of an organization's statement, newest first, in the operator's mode.
 * @throws Forbidden, NotFound
 */
export async function getStatement(actor: Actor, input: StatementOf): Promise<StatementPage> {
  const { mode } = assertOperator(actor);
  const { organizationId, ...query } = StatementOf.parse(input);
  if ((await db.organization.count({ where: { id: organizationId } })) === 0) {
    throw new NotFound('organization', organizationId);
  }
  return statementOf({ organizationId, mode }, query);
}

const numberOf = (sats: bigint | null | undefined) => (sats == null ? null : satsToNumber(sats));

async function membersOf(organizationId: string): Promise<TeamMember[]> {
  const members = await db.member.findMany({
    where: { organizationId },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
  });
  return members.map(({ userId, role, createdAt, user }) => ({
    userId,
    role,
    joinedAt: createdAt,
    ...user,
  }));
}

async function typesOf({ organizationId, mode }: Place): Promise<TypeLine[]> {
  return db.$queryRaw<TypeLine[]>`
    SELECT o.type, count(*)::int AS ended,
           (count(*) FILTER (WHERE o.status = 'verified'))::int AS verified,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY o.seconds)
             FILTER (WHERE o.status = 'verified') AS "p50Seconds",
           sum(o.charged_sats)::float AS "chargedSats"
      FROM task_outcomes o
     WHERE o.organization_id = ${organizationId}::uuid AND o.mode = ${mode}::mode
       AND o.created_at >= ${figuresSince()} AND o.status IN ('verified', 'failed', 'expired')
     GROUP BY o.type ORDER BY ended DESC, o.type LIMIT ${TYPES_SHOWN}`;
}

async function endpointsOf(place: Place): Promise<EndpointLine[]> {
  const now = clock.nowMs();
  const endpoints = await db.endpoint.findMany({
    where: { ...place, deletedAt: null },
    orderBy: { id: 'desc' },
    take: KEYS_SHOWN,
  });
  const tries = await db.$queryRaw<{ id: string; delivered: number; failed: number }[]>`
    SELECT d.endpoint_id AS id,
           (count(*) FILTER (WHERE a.status_code BETWEEN 200 AND 299))::int AS delivered,
           (count(*) FILTER (WHERE a.status_code IS NULL
                                OR a.status_code NOT BETWEEN 200 AND 299))::int AS failed
      FROM deliveries d JOIN delivery_attempts a ON a.delivery_id = d.id
     WHERE d.endpoint_id = ANY(${endpoints.map(({ id }) => id)}::uuid[])
       AND d.id >= ${lowestIdAt(now - TRIED_FOR_MS)}::uuid
       AND a.created_at >= ${new Date(now - DAY_MS)}
     GROUP BY d.endpoint_id`;
  const triesOf = new Map(tries.map((row) => [row.id, row]));
  return endpoints.map(({ id, url, status, disabledReason, failingSince }) => ({
    ...{ id, url, status, disabledReason, failingSince },
    delivered: triesOf.get(id)?.delivered ?? 0,
    failed: triesOf.get(id)?.failed ?? 0,
  }));
}

async function appealsOf(place: Place): Promise<OrganizationView['appeals']> {
  const groups = await db.appeal.groupBy({
    by: ['status', 'decidedBy'],
    where: place,
    _count: true,
  });
  const count = (which: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(which).reduce((sum, { _count }) => sum + _count, 0);
  const byPeople = ({ status, decidedBy }: (typeof groups)[number]) =>
    status !== 'open' && decidedBy !== 'time';
  const decided = count(byPeople);
  const upheld = count((group) => byPeople(group) && group.status === 'upheld');
  const byTime = count(({ decidedBy }) => decidedBy === 'time');
  return {
    open: count(({ status }) => status === 'open'),
    rate: { name: '', upheld, decided, byTime, ...wilson(upheld, decided) },
  };
}
