import type { Gold as GoldRow, Prisma } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { withdrawSown } from '@/server/features/tasks';
import { withdrawGold } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { Conflict, Forbidden, NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { type Page, pageOf } from '@/server/platform/page';
import { onTestClock } from '@/server/platform/test-clock';
import { retirement } from './change-gold';
import { disagreementsOf, quizAnswersOf } from './gold-disagreements';
import { answersOf, goldOf, NOTHING, policyOf } from './list-golds';
import { SHIPPED_GOLDS } from './policy';
import { findWaiting } from './retire-gold';
import { DecideGold, FindGolds, type GoldState, type InstanceGold } from './schema';

type Operator = Extract<Actor, { kind: 'operator' }>;

/** 409: the gold already has that status. */
class GoldUnchanged extends Conflict {
  constructor() {
    super('gold_unchanged', 'This gold has already been changed. Reload and check it again.');
  }
}

function assertOperator(actor: Actor): asserts actor is Operator {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can manage all golds.');
  }
}

const IN_STATE: Record<GoldState, Prisma.GoldWhereInput> = {
  asked: { retiredAt: null },
  doubtful: { doubtful: true, retiredAt: null },
  retired_itself: { retiredFor: { not: null } },
  retired: { retiredAt: { not: null }, retiredFor: null },
};

/** Has no types of its own, so that the built-in ones apply. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The golds of the operator's mode, plus the built-in ones, which belong to both modes. */
const visibleTo = ({ mode }: Operator): Prisma.GoldWhereInput => ({
  OR: [{ mode }, { mode: null }],
});

/**
 * A page of all organizations' golds and the built-in ones, newest first, with their health.
 * @throws Forbidden unless the actor is an operator.
 */
export async function findGolds(actor: Actor, input: FindGolds): Promise<Page<InstanceGold>> {
  assertOperator(actor);
  const { state, type, organizationId, after, limit } = FindGolds.parse(input);
  const rows = await db.gold.findMany({
    where: {
      AND: [
        organizationId === SHIPPED_GOLDS
          ? { organizationId: null }
          : organizationId
            ? { organizationId, mode: actor.mode }
            : visibleTo(actor),
        state ? IN_STATE[state] : {},
        type ? { type } : {},
        after ? { id: { lt: after } } : {},
      ],
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const [told, disagreements, quizzes, names, policies] = await Promise.all([
    answersOf(ids),
    disagreementsOf(ids),
    quizAnswersOf(ids),
    namesOf(shown),
    policiesOf(shown),
  ]);
  return pageOf(rows, limit, (row) => {
    const policy = policies.get(placeOf(row));
    if (!policy) throw new Error(`No gold policy for type ${row.type}.`);
    return {
      ...goldOf(row, told.get(row.id) ?? NOTHING, policy),
      organizationId: row.organizationId,
      organization: row.organizationId ? (names.get(row.organizationId) ?? '') : null,
      doubtful: row.doubtful,
      disagreements: disagreements.get(row.id) ?? { open: 0, made: 0 },
      quizAnswers: quizzes.get(row.id) ?? { given: 0, right: 0 },
    };
  });
}

async function namesOf(rows: readonly GoldRow[]): Promise<Map<string, string>> {
  const organizations = await db.organization.findMany({
    where: { id: { in: rows.flatMap(({ organizationId }) => organizationId ?? []) } },
    select: { id: true, name: true },
  });
  return new Map(organizations.map(({ id, name }) => [id, name]));
}

const placeOf = ({ organizationId, mode, type }: GoldRow) => `${organizationId} ${mode} ${type}`;

/** The gold policies of each organization and type, read once each. */
async function policiesOf(rows: readonly GoldRow[]) {
  const places = new Map(rows.map((row) => [placeOf(row), row]));
  const policies = [...places].map(async ([place, { organizationId, mode, type }]) => {
    const policy = await policyOf({
      organizationId: organizationId ?? NOBODY,
      mode: mode ?? 'live',
      type,
    });
    return [place, policy] as const;
  });
  return new Map(await Promise.all(policies));
}

/**
 * Lets an operator retire a gold, also withdraw it (its answers then do not count), or restore it,
 * with a reason shown to its organization.
 * @throws Forbidden, NotFound; GoldUnchanged 409 if it already has that status.
 */
export async function decideGold(actor: Actor, input: DecideGold): Promise<void> {
  assertOperator(actor);
  const { id, decision, reason } = DecideGold.parse(input);
  const gold = await db.gold.findFirst({ where: { AND: [{ id }, visibleTo(actor)] } });
  if (!gold) throw new NotFound('gold', id);
  const { organizationId, mode, type } = gold;
  const decide = () =>
    transaction(async (tx) => {
      const back = decision === 'bring_back';
      const now = back
        ? { retiredAt: { not: null } }
        : decision === 'retire'
          ? { retiredAt: null }
          : { withdrawn: false };
      const { count } = await tx.gold.updateMany({
        where: { id, ...now },
        data: { ...retirement(gold, !back), doubtful: false },
      });
      if (count === 0) throw new GoldUnchanged();
      if (decision !== 'retire') await withdrawGold(tx, gold, !back);
      if (!back) await withdrawSown(tx, await findWaiting(tx, id));
      const action = ACTIONS[decision];
      await audit(tx, actor, action, `gold:${id}`, { type, reason }, organizationId);
    });
  await (organizationId && mode ? onTestClock({ organizationId, mode }, decide) : decide());
  kickOutbox();
}

const ACTIONS = {
  retire: 'gold.retired',
  withdraw: 'gold.withdrawn',
  bring_back: 'gold.brought_back',
} as const;
