/** A type's latest answers, as texts that a thread parses. */
import { db, Prisma } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import type { EvidenceOwner } from './evidence';
import type { SampledSchema } from './learn-type';
import type { JsonObject } from './stage';

const TASKS_MAX = 2_000;
const ANSWERS_MAX = 10_000;
const PAGE = 1_000;
/** Longer answers are not choices, and all of them together must fit into memory several times. */
const ANSWER_BYTES_MAX = 16_384;
const BYTES_MAX = 8_000_000;
/** The most frequent schemas of the type. */
const SCHEMAS_MAX = 20;

interface SampleRow {
  id: string;
  taskId: string;
  question: string;
  workerId: string;
  outputText: string;
  schemaHash: string;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Answers to the latest 2,000 decided questions: accepted votes on verified tasks, and answers to
 * golds, each gold being one question.
 */
export async function sampleAnswers(owner: EvidenceOwner): Promise<SampledSchema[]> {
  const questions = new Set<string>();
  const bySchema = new Map<string, SampleRow[]>();
  let bytes = 0;
  let count = 0;
  let before: string | null = null;
  for (;;) {
    const page: SampleRow[] = await readPage(owner, before);
    for (const row of page) {
      bytes += row.outputText.length;
      if (!questions.has(row.question) && questions.size >= TASKS_MAX) continue;
      questions.add(row.question);
      const group = bySchema.get(row.schemaHash);
      if (group) group.push(row);
      else bySchema.set(row.schemaHash, [row]);
    }
    count += page.length;
    before = page.at(-1)?.id ?? null;
    const isFull = questions.size >= TASKS_MAX || count >= ANSWERS_MAX || bytes >= BYTES_MAX;
    if (page.length < PAGE || isFull) break;
    await nextTurn();
  }
  const groups = [...bySchema.values()].sort((a, b) => b.length - a.length).slice(0, SCHEMAS_MAX);
  return withSchemas(groups);
}

function readPage({ organizationId, mode, type }: EvidenceOwner, before: string | null) {
  return db.$queryRaw<SampleRow[]>`
    SELECT a.id, a.task_id AS "taskId", coalesce(t.gold_id, t.id) AS question,
           a.worker_id AS "workerId", a.output::text AS "outputText",
           md5(t.output_schema::text) AS "schemaHash"
      FROM answers a JOIN tasks t ON t.id = a.task_id
     WHERE a.organization_id = ${organizationId}::uuid AND a.mode = ${mode}::mode
       AND a.type = ${type} AND octet_length(a.output::text) <= ${ANSWER_BYTES_MAX}
       ${before ? Prisma.sql`AND a.id < ${before}::uuid` : Prisma.empty}
       AND CASE WHEN t.reserved_for IS NULL THEN t.status = 'verified' AND a.status = 'accepted'
                ELSE EXISTS (SELECT FROM labelled_tasks l WHERE l.task_id = t.id) END
     ORDER BY a.id DESC LIMIT ${PAGE}`;
}

async function withSchemas(groups: readonly SampleRow[][]): Promise<SampledSchema[]> {
  const tasks = await db.task.findMany({
    where: { id: { in: groups.flatMap(([first]) => first?.taskId ?? []) } },
    select: { id: true, outputSchema: true },
  });
  const schemaOf = new Map(tasks.map(({ id, outputSchema }) => [id, outputSchema]));
  return Promise.all(
    groups.map(async (rows) => {
      const schema = schemaOf.get(rows[0]?.taskId ?? '') as Record<string, unknown>;
      const answers = rows.map(({ question, workerId, outputText }) => ({
        taskId: question,
        workerId,
        outputText,
      }));
      return { schema: (await formSchemaOf(schema)) as JsonObject, answers };
    }),
  );
}
