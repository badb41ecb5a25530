/** Inter-reviewer agreement: the same review decided twice, the second time blind. */
import { cohenKappa, findAgreement } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db, Prisma, type Tx } from '@/server/platform/db';
import { assertReviews, reachSql } from './access';
import type { Deciding } from './deciding';
import type { ReviewerAgreement, ReviewerWord } from './schema';

/** The number of latest pairs that κ is computed from, and of disagreements shown. */
const PAIRS_MAX = 2_000;
const DISAGREEMENTS_SHOWN = 20;

/** Records whether the second reviewer agrees; the first decision stands. */
export async function prepareSecond({
  review,
  task,
  input,
}: Deciding): Promise<(tx: Tx) => Promise<void>> {
  const first = await db.review.findUniqueOrThrow({ where: { id: review.secondOf ?? '' } });
  const one = outcomeOf(first.decision, first.output, first.proposed);
  const other = outcomeOf(input.decision, input.output, first.proposed);
  const agrees =
    one && other
      ? await saysTheSame(task.row.outputSchema as object, one.output, other.output)
      : one === other;
  return async (tx) => {
    await tx.review.update({ where: { id: review.id }, data: { agrees } });
  };
}

/** A decision's answer, or null. */
function outcomeOf(
  decision: string | null,
  output: unknown,
  proposed: unknown,
): { output: unknown } | null {
  if (decision === 'reject') return null;
  return { output: decision === 'correct' ? output : proposed };
}

async function saysTheSame(schema: object, one: unknown, other: unknown): Promise<boolean> {
  return (await findAgreement(schema, one, [{ id: 'other', output: other as never }])).size > 0;
}

interface PairRow {
  id: string;
  taskId: string;
  type: string;
  agrees: boolean;
  proposed: unknown;
  first: ReviewerWord;
  second: ReviewerWord;
  decidedAt: Date;
}

/**
 * Agreement of the reviewers visible to the actor: an organization's own, or the instance's.
 * @throws Forbidden if the actor may not review.
 */
export async function getReviewerAgreement(actor: Actor): Promise<ReviewerAgreement> {
  const reviewer = assertReviews(actor);
  const pairs = await db.$queryRaw<PairRow[]>`
    SELECT r.id::text, r.task_id::text AS "taskId", r.type, r.agrees, r.proposed,
           r.decided_at AS "decidedAt",
           json_build_object('decision', f.decision, 'output', f.output, 'note', f.note) AS first,
           json_build_object('decision', r.decision, 'output', r.output, 'note', r.note) AS second
      FROM reviews r JOIN reviews f ON f.id = r.second_of
     WHERE r.status = 'decided' AND ${reachSql(reviewer)}
       ${reviewer.kind === 'operator' ? Prisma.sql`AND r.queue = 'instance'` : Prisma.empty}
     ORDER BY r.decided_at DESC LIMIT ${PAIRS_MAX}`;
  const disagreements = pairs.filter(({ agrees }) => !agrees);
  return {
    pairs: pairs.length,
    agreed: pairs.length - disagreements.length,
    kappa: cohenKappa(pairs.map(labelsOf)),
    disagreements: disagreements
      .slice(0, DISAGREEMENTS_SHOWN)
      .map(({ agrees: _, ...pair }) => pair),
  };
}

/** The decisions as two raters' labels. Corrections to different answers are no agreement. */
function labelsOf({ agrees, first, second }: PairRow): [string, string] {
  const differently = `${second.decision} differently`;
  if (agrees) return [first.decision, first.decision];
  return [first.decision, first.decision === second.decision ? differently : second.decision];
}
