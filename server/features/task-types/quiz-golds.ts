import type { Mode } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { DEFAULT_OUTPUT_SCHEMA, formSchemaOf } from '@/server/platform/json-schema';
import { catalog } from './catalog';
import { resolveTaskType } from './resolve-task-type';

type Json = Record<string, unknown>;

/** A gold as a quiz question. `expected` and `explanation` must not reach the worker. */
export interface QuizGold {
  id: string;
  payload: Json;
  expected: Json;
  explanation: string;
}

/** The instructions and form of a built-in type. */
export interface QuizType {
  type: string;
  title: string;
  instructions: string;
  /** For validating answers. */
  outputSchema: Json;
  /** For rendering the form. */
  formSchema: Json;
}

/** A quiz of an organization's own golds chooses among at most this many. */
const OWN_MAX = 200;

/** Skill quizzes only use built-in golds: an organization's golds are for its own tasks. */
const ASKED = { organizationId: null, quiz: true, retiredAt: null } as const;

/** The golds that the quiz of a skill can ask. */
export async function findQuizGolds(reader: Tx, skill: string): Promise<QuizGold[]> {
  const rows = await reader.gold.findMany({
    where: { ...ASKED, type: skill },
    orderBy: { id: 'asc' },
  });
  return rows.map(quizGoldOf);
}

/** The owner of a type's golds. */
interface GoldOwner {
  organizationId: string;
  mode: Mode;
  type: string;
}

/** The quiz golds of an organization, for a paused worker's return to its type. */
export async function findOwnQuizGolds(reader: Tx, owner: GoldOwner): Promise<QuizGold[]> {
  const { organizationId, mode, type } = owner;
  const rows = await reader.gold.findMany({
    where: { organizationId, mode, type, quiz: true, retiredAt: null },
    orderBy: { id: 'asc' },
    take: OWN_MAX,
  });
  return rows.map(quizGoldOf);
}

/** Golds by ID, including retired ones. */
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

/** The number of quiz golds by skill; skills without any are omitted. */
export async function countQuizGolds(): Promise<Map<string, number>> {
  const rows = await db.gold.groupBy({ by: ['type'], where: ASKED, _count: true });
  return new Map(rows.map(({ type, _count }) => [type, _count]));
}

/** The type of a skill's quiz; null if there is no such built-in type. */
export async function findQuizType(type: string): Promise<QuizType | null> {
  const row = await db.taskType.findFirst({ where: { organizationId: null, type } });
  return row?.outputSchema ? quizTypeOf(row, row.outputSchema as Json) : null;
}

/** The type as the organization defines it; null if neither it nor a built-in one exists. */
export async function findOwnQuizType(owner: GoldOwner): Promise<QuizType | null> {
  const type = await resolveTaskType(owner);
  return type && quizTypeOf(type, type.outputSchema ?? { ...DEFAULT_OUTPUT_SCHEMA });
}

async function quizTypeOf(
  { type, title, instructions }: Pick<QuizType, 'type' | 'title' | 'instructions'>,
  outputSchema: Json,
): Promise<QuizType> {
  return { type, title, instructions, outputSchema, formSchema: await formSchemaOf(outputSchema) };
}

/** The types with a practice task. */
export function listPracticeTypes(): { type: string; title: string }[] {
  return catalog.map(({ type, title }) => ({ type, title }));
}

/**
 * A type's practice task for new workers. Its answer is shown afterwards, so it is never used as a
 * gold.
 */
export function findPractice(type: string): Omit<QuizGold, 'id'> | null {
  const practice = catalog.find((entry) => entry.type === type)?.practice;
  if (!practice) return null;
  const { payload, expected, explanation } = practice;
  return { payload, expected, explanation };
}
