import type { Answer } from '@/prisma/generated/client';
import { hotQuery, Prisma } from '@/server/platform/db';
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
  /** What others said of its task, and was accepted; null where nobody did, as on golds. */
  others: (Omit<OtherAnswer, 'choices'> & { output: Json })[] | null;
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
  const others: OtherAnswer[] = kept.flatMap((row) =>
    (row.others ?? []).map(({ output, ...other }) => ({ ...other, choices: choicesIn(output) })),
  );
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
  return hotQuery<Row>(Prisma.sql`
    SELECT a.id::text, a.task_id::text AS "taskId", a.output,
           CASE WHEN g.id IS NULL OR g.withdrawn THEN NULL
                WHEN a.status = 'accepted' THEN true
                WHEN a.status = 'rejected' THEN false END AS "goldRight",
           a.status = 'rejected' AS "isRejected",
           coalesce(a.created_at <= (
             SELECT max(p.lifted_at) FROM skill_pauses p
              WHERE p.worker_id = ${workerId}::uuid AND p.organization_id = ${organizationId}::uuid
                AND p.type = ${type}), false) AS "isBeforeReturn",
           CASE WHEN g.id IS NULL AND a.status <> 'rejected' THEN (
             SELECT json_agg(json_build_object('id', o.id, 'taskId', o.task_id,
                                               'workerId', o.worker_id, 'output', o.output))
               FROM answers o
              WHERE o.task_id = a.task_id AND o.status = 'accepted'
                AND o.worker_id <> ${workerId}::uuid) END AS others
      FROM answers a JOIN tasks t ON t.id = a.task_id LEFT JOIN golds g ON g.id = t.gold_id
     WHERE a.worker_id = ${workerId}::uuid AND a.organization_id = ${organizationId}::uuid
       AND a.type = ${type} AND a.id < ${answer.id}::uuid
       AND (a.status <> 'rejected' OR a.rejection_code = 'gold_mismatch')
     ORDER BY a.id DESC LIMIT ${LOOKED_BACK}`);
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
