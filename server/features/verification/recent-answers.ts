import type { Answer } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import { LOOKED_BACK, type RecentRow, type SaidRow } from './lately';

/** Answers beyond the window read with it, for other answers of the same worker in the same batch. */
const SLACK = 50;

/** An answer whose earlier ones are read, and the time. */
type Judged = Pick<Answer, 'id' | 'workerId' | 'organizationId' | 'type'> & { at: Date };

/**
 * A worker's earlier answers to one organization's type, newest first, with others' answers to the
 * same tasks; the last `LOOKED_BACK`. Excludes answers rejected by schema, rules or behaviour,
 * except to golds. Answers judged at the same instant count as pending, so that the order within a
 * batch does not matter.
 */
export function findRecent(answer: Omit<Judged, 'at'>): Promise<readonly RecentRow[]> {
  const { id, workerId, organizationId, type } = answer;
  return findTogether({ id, workerId, organizationId, type, at: clock.now() });
}

const findTogether = together(async (answers: readonly Judged[]) => {
  const found = new Map<Judged, readonly RecentRow[]>();
  // For an answer much older than its worker's newest one, the newest one's window does not contain
  // all.
  for (let left = answers; left.length > 0; left = left.filter((each) => !found.has(each))) {
    const groups = groupsOf(left);
    const most = LOOKED_BACK + SLACK + Math.max(...groups.map(({ length }) => length));
    const rows = await readRecent(groups.map(newestOf), most);
    for (const [n, group] of groups.entries()) {
      const own = rows[n] ?? [];
      for (const answer of group) {
        const before = own.filter(({ id }) => id < answer.id).slice(0, LOOKED_BACK);
        const isWhole = before.length === LOOKED_BACK || own.length < most;
        if (isWhole) found.set(answer, before);
      }
    }
  }
  return answers.map((answer) => found.get(answer) ?? []);
});

/** The answers of one worker to one organization's type, at one instant. */
function groupsOf(answers: readonly Judged[]): Judged[][] {
  const groups = new Map<string, Judged[]>();
  for (const answer of answers) {
    const { workerId, organizationId, at, type } = answer;
    const key = `${workerId} ${organizationId} ${at.getTime()} ${type}`;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()];
}

/** Ids increase with submission. */
function newestOf(group: readonly Judged[]): Judged {
  return group.reduce((newest, each) => (each.id > newest.id ? each : newest));
}

type Row = Omit<RecentRow, 'said'> & {
  /** The index of the answer it precedes; null for others' answers to the tasks. */
  before: number | null;
  workerId: string;
  /** For others' answers to the tasks. */
  judgedAt: Date | null;
};

/** For each answer its earlier ones, at most `most`. */
async function readRecent(answers: readonly Judged[], most: number): Promise<RecentRow[][]> {
  const asked = answers.map(({ id, workerId, organizationId, type, at }, place) => ({
    ...{ place, id, worker_id: workerId, organization_id: organizationId, type, at },
  }));
  const rows = await hotQuery<Row>(Prisma.sql`
    WITH recent AS (
      SELECT q.place, a.*, g.id IS NULL AS is_shared,
             CASE WHEN g.id IS NULL OR g.withdrawn THEN NULL
                  WHEN a.status = 'accepted' THEN true
                  WHEN a.status = 'rejected' THEN false END AS gold_right,
             coalesce(a.created_at <= p.lifted_at, false) AS is_before_return
        FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
             AS q(place int, id uuid, worker_id uuid, organization_id uuid, type text,
                  at timestamptz)
       CROSS JOIN LATERAL (
         SELECT max(lifted_at) AS lifted_at FROM skill_pauses
          WHERE worker_id = q.worker_id AND organization_id = q.organization_id
            AND type = q.type) p
       CROSS JOIN LATERAL (
         SELECT id, task_id, worker_id, output, created_at,
                CASE WHEN a.judged_at < q.at THEN a.status ELSE 'pending' END AS status
           FROM answers a
          WHERE a.worker_id = q.worker_id AND a.organization_id = q.organization_id
            AND a.type = q.type AND a.id < q.id
            AND (a.status <> 'rejected' OR a.judged_at >= q.at OR a.rejection_code = 'gold_mismatch')
          ORDER BY a.id DESC LIMIT ${most}) a
        JOIN tasks t ON t.id = a.task_id LEFT JOIN golds g ON g.id = t.gold_id)
    (SELECT place AS before, id::text, task_id::text AS "taskId", worker_id::text AS "workerId",
            output::text AS "outputText", gold_right AS "goldRight",
            status = 'rejected' AS "isRejected", is_before_return AS "isBeforeReturn",
            NULL::timestamptz AS "judgedAt"
       FROM recent ORDER BY id DESC)
     UNION ALL
    (SELECT NULL, o.id::text, o.task_id::text, o.worker_id::text, o.output::text, NULL, false, false,
            o.judged_at
       FROM answers o
      WHERE o.status = 'accepted' AND o.task_id IN (
              SELECT task_id FROM recent WHERE is_shared AND status <> 'rejected')
      ORDER BY o.id)`);
  const said = new Map<string, (SaidRow & { judgedAt: Date })[]>();
  for (const { before, id, taskId, workerId, outputText, judgedAt } of rows) {
    if (before !== null || judgedAt === null) continue;
    const known = said.get(taskId);
    if (known) known.push({ id, workerId, outputText, judgedAt });
    else said.set(taskId, [{ id, workerId, outputText, judgedAt }]);
  }
  const saidBefore = (taskId: string, at: Date) =>
    (said.get(taskId) ?? []).flatMap(({ judgedAt, ...row }) => (judgedAt < at ? row : []));
  const found: RecentRow[][] = answers.map(() => []);
  for (const { before, workerId: _worker, judgedAt: _judged, ...row } of rows) {
    const answer = before === null ? undefined : answers[before];
    if (before === null || !answer) continue;
    found[before]?.push({ ...row, said: row.isRejected ? [] : saidBefore(row.taskId, answer.at) });
  }
  return found;
}
