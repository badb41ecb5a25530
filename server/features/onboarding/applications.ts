import { findActorNames } from '@/server/features/organizations';
import { db } from '@/server/platform/db';
import type { QuizLine, WorkerLine } from './schema';

export type Application = Pick<WorkerLine, 'about' | 'skillsWanted' | 'quizzes' | 'notes'>;

/** Shown per worker. */
const SHOWN_MAX = 10;

/** Workers' introductions, requested skills, quiz results, and operators' notes. */
export async function applicationsOf(
  workerIds: readonly string[],
): Promise<(workerId: string) => Application> {
  const ids = [...workerIds];
  const [steps, quizzes, notes] = await Promise.all([
    db.onboarding.findMany({
      where: { workerId: { in: ids } },
      select: { workerId: true, about: true, skillsWanted: true },
    }),
    quizzesOf(ids),
    notesOf(ids),
  ]);
  const stepsOf = new Map(steps.map((each) => [each.workerId, each]));
  return (workerId) => ({
    about: stepsOf.get(workerId)?.about ?? '',
    skillsWanted: stepsOf.get(workerId)?.skillsWanted ?? [],
    quizzes: quizzes
      .filter((quiz) => quiz.workerId === workerId)
      .map(({ workerId: _, ...quiz }) => quiz),
    notes: notes
      .filter((note) => note.workerId === workerId)
      .map(({ workerId: _, ...note }) => note),
  });
}

function quizzesOf(ids: string[]): Promise<(QuizLine & { workerId: string })[]> {
  return db.$queryRaw`
    SELECT wanted.id AS "workerId", q.skill, q.number, q.status, q.started_at AS "startedAt",
           counts.right, counts.questions
      FROM unnest(${ids}::uuid[]) AS wanted(id)
      CROSS JOIN LATERAL (
        SELECT * FROM quizzes q
         WHERE q.worker_id = wanted.id AND q.pause_id IS NULL
         ORDER BY q.started_at DESC, q.id DESC LIMIT ${SHOWN_MAX}
      ) q
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS questions, (count(*) FILTER (WHERE a.correct))::int AS right
          FROM quiz_questions a WHERE a.quiz_id = q.id
      ) counts
     ORDER BY q.started_at DESC, q.id DESC`;
}

async function notesOf(ids: string[]) {
  const rows = await db.$queryRaw<
    { workerId: string; id: string; text: string; createdBy: string; createdAt: Date }[]
  >`
    SELECT n.worker_id AS "workerId", n.id, n.text, n.created_by AS "createdBy",
           n.created_at AS "createdAt"
      FROM unnest(${ids}::uuid[]) AS wanted(id)
      CROSS JOIN LATERAL (
        SELECT * FROM worker_notes n WHERE n.worker_id = wanted.id
         ORDER BY n.id DESC LIMIT ${SHOWN_MAX}
      ) n
     ORDER BY n.id DESC`;
  const names = await findActorNames(rows.map(({ createdBy }) => createdBy));
  return rows.map(({ workerId, id, text, createdBy, createdAt }) => ({
    ...{ workerId, id, text, at: createdAt },
    by: names.get(createdBy) ?? createdBy,
  }));
}
