import type { WorkerActor } from '@/server/platform/actor';
import { standingClock } from '@/server/platform/clock';
import { hotQuery, Prisma, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid, newId } from '@/server/platform/ids';
import { LARGE_CHARACTERS } from '@/server/platform/is-large';
import { together } from '@/server/platform/together';
import { assertAnswerFits } from './check-answer';
import { AssignmentClosed } from './errors';
import {
  type HandedIn,
  handInAnswers,
  type OwnAssignment,
  type SubmitAnswer,
} from './hand-in-answers';
import { announceAnswered } from './hints';

export type { SubmitAnswer } from './hand-in-answers';

/**
 * A worker hands in an answer. One that the task's schema refuses goes back to the form with what is
 * wrong; it is not a rejection, and the assignment stays open.
 * @param known the worker's assignment, where the caller has just read it.
 * @throws NotFound where it is not this worker's, InvalidRequest `answer_invalid` with every fault as
 * `{pointer, message}`, AssignmentClosed 409 after submission, release, lapse or the task's end.
 */
export async function submitAnswer(
  actor: WorkerActor,
  input: SubmitAnswer,
  known?: OwnAssignment,
): Promise<{ answerId: string }> {
  const { assignmentId } = input;
  const own =
    known ??
    (isUuid(assignmentId) ? await findOwn({ assignmentId, workerId: actor.workerId }) : null);
  if (!own) throw new NotFound('assignment', assignmentId);
  await assertAnswerFits(own.outputSchema, input.output);
  const handedIn: HandedIn = {
    ...{ actor, input, answerId: newId(), own, at: standingClock() },
    outputText: JSON.stringify(input.output),
  };
  const closedBecause = await handIn(handedIn);
  if (closedBecause !== null) throw new AssignmentClosed(closedBecause);
  announceAnswered([own.taskId]);
  return { answerId: handedIn.answerId };
}

const handIn = together(
  (handedIn: readonly HandedIn[]) => transaction((tx) => handInAnswers(tx, handedIn)),
  { most: 50, atOnce: 2, alone: ({ outputText }) => outputText.length >= LARGE_CHARACTERS },
);

/** Workers' assignments and what is asked there; null where one is not that worker's. */
const findOwn = together(
  async (
    asked: readonly { assignmentId: string; workerId: string }[],
  ): Promise<(OwnAssignment | null)[]> => {
    const rows = await hotQuery<OwnAssignment & { n: number }>(Prisma.sql`
      SELECT asked.n::int AS n, a.started_at AS "startedAt", a.created_at AS "createdAt",
             t.id::text AS "taskId", t.type, t.organization_id::text AS "organizationId",
             t.output_schema AS "outputSchema"
        FROM unnest(${asked.map((each) => each.assignmentId)}::uuid[],
                    ${asked.map((each) => each.workerId)}::uuid[])
             WITH ORDINALITY AS asked(assignment_id, worker_id, n)
        JOIN assignments a ON a.id = asked.assignment_id AND a.worker_id = asked.worker_id
        JOIN tasks t ON t.id = a.task_id`);
    const own = new Map(rows.map(({ n, ...row }) => [n, row]));
    return asked.map((_, n) => own.get(n + 1) ?? null);
  },
  { atOnce: 2 },
);
