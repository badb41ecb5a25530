import type { Mode } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { DEFAULT_OUTPUT_SCHEMA, formSchemaOf } from '@/server/platform/json-schema';
import { catalog } from './catalog';
import { resolveTaskType } from './resolve-task-type';

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

/** A quiz of an organization's own golds chooses among so many. */
const OWN_MAX = 200;

/** For a skill only what ships is asked: an organization's golds are for its own tasks. */
const ASKED = { organizationId: null, quiz: true, retiredAt: null } as const;

/** The golds that the quiz of a skill may ask. */
export async function findQuizGolds(reader: Tx, skill: string): Promise<QuizGold[]> {
  const rows = await reader.gold.findMany({
    where: { ...ASKED, type: skill },
    orderBy: { id: 'asc' },
  });
  return rows.map(quizGoldOf);
}

/** Whose golds of a type. */
interface GoldOwner {
  organizationId: string;
  mode: Mode;
  type: string;
}

/** The golds that an organization keeps for the quiz by which a paused worker returns to its type. */
export async function findOwnQuizGolds(reader: Tx, owner: GoldOwner): Promise<QuizGold[]> {
  const { organizationId, mode, type } = owner;
  const rows = await reader.gold.findMany({
    where: { organizationId, mode, type, quiz: true, retiredAt: null },
    orderBy: { id: 'asc' },
    take: OWN_MAX,
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
  return row?.outputSchema ? quizTypeOf(row, row.outputSchema as Json) : null;
}

/** The type as an organization asks it; null where it saved none, nor ships any. */
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
