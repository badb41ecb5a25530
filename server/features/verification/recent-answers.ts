import type { Answer } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { choicesOf, labelOfChoices } from './consensus/fields';
import type { Json, SharedTask, StageContext, TaskFacts, WorkerFacts } from './stage';
import { type OtherAnswer, type RecentAnswer, trackOf } from './track';

const RECENT_ANSWERS = 50;
/** What a worker's label mix and accuracy are told by; what is older is another's business by now. */
const LOOKED_BACK = 200;
/** Enough to tell what others say of a task. */
const OTHERS_MAX = 10;

interface Row {
  id: string;
  taskId: string;
  output: Json;
  /** Of a gold that counts: whether the answer was right. */
  goldRight: boolean | null;
  isRejected: boolean;
  isBeforeReturn: boolean;
}

/** Of the task that was answered. */
interface AnsweredTask {
  row: { organizationId: string };
  facts: Pick<TaskFacts, 'outputSchema'>;
  crowd: Pick<StageContext, 'typeStats' | 'poolGold'>;
  policy: StageContext['policy'];
}

type Lately = Pick<WorkerFacts, 'recentLabels' | 'labelMix' | 'track' | 'trackIsWhole'>;

/** What a worker's latest answers to one organization's type show, beside what others said of the same tasks. */
export async function findLately(task: AnsweredTask, answer: Answer): Promise<Lately> {
  const rows = await findRows(task, answer);
  const choicesIn = (output: unknown) => choicesOf(task.facts.outputSchema, output as Json);
  const given = rows.map((row) => ({ ...row, choices: choicesIn(row.output) }));
  const kept = given.filter(({ isRejected }) => !isRejected);
  const others = await findOthers(kept, answer.workerId, choicesIn);
  const labels = kept.flatMap(({ choices }) => labelOfChoices(choices) ?? []);
  const tracked = given.filter(
    ({ isBeforeReturn, isRejected, goldRight }) =>
      !isBeforeReturn && (!isRejected || goldRight !== null),
  );
  const { typeStats, poolGold } = task.crowd;
  return {
    recentLabels: labels.slice(0, RECENT_ANSWERS),
    labelMix: sharedTasks(kept, others),
    track: trackOf(tracked, others, { typeStats, poolGold, policy: task.policy }),
    trackIsWhole: rows.length < LOOKED_BACK || given.some(({ isBeforeReturn }) => isBeforeReturn),
  };
}

/** Newest first; rejected answers but to golds are left out, which schema, rules or behaviour turned back. */
function findRows({ row }: AnsweredTask, answer: Answer): Promise<Row[]> {
  const { organizationId } = row;
  const { workerId, type } = answer;
  return db.$queryRaw<Row[]>`
    SELECT a.id, a.task_id AS "taskId", a.output,
           CASE WHEN g.id IS NULL OR g.withdrawn THEN NULL
                WHEN a.status = 'accepted' THEN true
                WHEN a.status = 'rejected' THEN false END AS "goldRight",
           a.status = 'rejected' AS "isRejected",
           coalesce(a.created_at <= (
             SELECT max(p.lifted_at) FROM skill_pauses p
              WHERE p.worker_id = ${workerId}::uuid AND p.organization_id = ${organizationId}::uuid
                AND p.type = ${type}), false) AS "isBeforeReturn"
      FROM answers a JOIN tasks t ON t.id = a.task_id LEFT JOIN golds g ON g.id = t.gold_id
     WHERE a.worker_id = ${workerId}::uuid AND a.organization_id = ${organizationId}::uuid
       AND a.type = ${type} AND a.id < ${answer.id}::uuid
       AND (a.status <> 'rejected' OR a.rejection_code = 'gold_mismatch')
     ORDER BY a.id DESC LIMIT ${LOOKED_BACK}`;
}

/** What others said, and was accepted, of these tasks; golds have no others. */
async function findOthers(
  recent: readonly RecentAnswer[],
  workerId: string,
  choicesIn: (output: unknown) => string[],
): Promise<OtherAnswer[]> {
  const taskIds = recent.flatMap(({ taskId, goldRight }) => (goldRight === null ? [taskId] : []));
  if (taskIds.length === 0) return [];
  const rows = await db.answer.findMany({
    where: { taskId: { in: taskIds }, workerId: { not: workerId }, status: 'accepted' },
    select: { id: true, taskId: true, workerId: true, output: true },
  });
  return rows.map(({ output, ...rest }) => ({ ...rest, choices: choicesIn(output) }));
}

/** Those of a worker's answers whose tasks others answered as well, each as labels. */
function sharedTasks(
  recent: readonly RecentAnswer[],
  others: readonly OtherAnswer[],
): SharedTask[] {
  const said = new Map<string, string[]>();
  for (const { taskId, choices } of others) {
    const label = labelOfChoices(choices);
    const known = said.get(taskId) ?? [];
    if (label !== null && known.length < OTHERS_MAX) said.set(taskId, [...known, label]);
  }
  return recent.flatMap(({ taskId, choices }) => {
    const own = labelOfChoices(choices);
    const ofOthers = said.get(taskId);
    return own !== null && ofOthers ? [{ own, others: ofOthers }] : [];
  });
}
