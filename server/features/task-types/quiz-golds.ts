import { db, type Tx } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import { catalog } from './catalog';

type Json = Record<string, unknown>;

/** A gold as the quiz of a skill asks it. `expected` and `explanation` are not for the one asked. */
export interface QuizGold {
  id: string;
  payload: Json;
  expected: Json;
  explanation: string;
}

/** What the worker is shown beside a question of a shipped type. */
export interface QuizType {
  type: string;
  title: string;
  instructions: string;
  /** As answers are held against it. */
  outputSchema: Json;
  /** As forms are made of it. */
  formSchema: Json;
}

/** Only what ships is asked: an organization's golds are for its own tasks. */
const ASKED = { organizationId: null, quiz: true, retiredAt: null } as const;

/** The golds that the quiz of a skill may ask. */
export async function findQuizGolds(reader: Tx, skill: string): Promise<QuizGold[]> {
  const rows = await reader.gold.findMany({
    where: { ...ASKED, type: skill },
    orderBy: { id: 'asc' },
  });
  return rows.map(quizGoldOf);
}

/** Golds by their ids, whether they are still asked or not. */
export async function getQuizGolds(reader: Tx, ids: readonly string[]): Promise<QuizGold[]> {
  const rows = await reader.gold.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(quizGoldOf);
}

function quizGoldOf(row: {
  id: string;
  payload: unknown;
  expectedOutput: unknown;
  explanation: string;
}): QuizGold {
  return {
    id: row.id,
    payload: row.payload as Json,
    expected: row.expectedOutput as Json,
    explanation: row.explanation,
  };
}

/** How many golds the quiz of each skill may ask; skills without any are left out. */
export async function countQuizGolds(): Promise<Map<string, number>> {
  const rows = await db.gold.groupBy({ by: ['type'], where: ASKED, _count: true });
  return new Map(rows.map(({ type, _count }) => [type, _count]));
}

/** The type that a skill's quiz is about; null where no such type ships. */
export async function findQuizType(type: string): Promise<QuizType | null> {
  const row = await db.taskType.findFirst({ where: { organizationId: null, type } });
  if (!row?.outputSchema) return null;
  const outputSchema = row.outputSchema as Json;
  return {
    type,
    title: row.title,
    instructions: row.instructions,
    outputSchema,
    formSchema: await formSchemaOf(outputSchema),
  };
}

/** The types that have a task to try the form on. */
export function listPracticeTypes(): { type: string; title: string }[] {
  return catalog.map(({ type, title }) => ({ type, title }));
}

/**
 * The task of a type that newcomers try the form on. Its answer is shown afterwards, so it is no gold
 * and never one: it is known to everybody.
 */
export function findPractice(type: string): Omit<QuizGold, 'id'> | null {
  const practice = catalog.find((entry) => entry.type === type)?.practice;
  if (!practice) return null;
  const { payload, expected, explanation } = practice;
  return { payload, expected, explanation };
}
