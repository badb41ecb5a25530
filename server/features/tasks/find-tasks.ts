import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { visibleSql } from './access';
import { FindTasks, type TaskStatus } from './schema';
import { filterSql } from './task-filter';

/** A task in the dashboard's list, without its large documents. */
export interface TaskRow {
  id: string;
  status: TaskStatus;
  type: string;
  /** The first text of the payload, for recognition. */
  excerpt: string;
  metadata: Record<string, unknown>;
  risk_tier: string;
  confidence: number | null;
  votes_used: number;
  max_votes: number;
  held_sats: number;
  charged_sats: number;
  sla_seconds: number;
  failure_message: string | null;
  created_at: Date;
  completed_at: Date | null;
  expires_at: Date;
}

export interface FoundTasks {
  /** Newest first. */
  data: TaskRow[];
  /**
   * Pass it as `older_than` or `newer_than` for the page in that direction; null if there is none.
   */
  older_than: string | null;
  newer_than: string | null;
}

/** A page of the actor's tasks matching a filter, newest first, with cursors in both directions. */
export async function findTasks(actor: Actor, input: FindTasks): Promise<FoundTasks> {
  const { filter, older_than, newer_than, limit } = FindTasks.parse(input);
  const where = await filterSql(actor, filter);
  const backwards = newer_than !== undefined;
  const edge = backwards
    ? Prisma.sql`AND t.id > ${newer_than}::uuid`
    : older_than
      ? Prisma.sql`AND t.id < ${older_than}::uuid`
      : Prisma.empty;
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t WHERE ${where} ${edge}
     ORDER BY t.id ${backwards ? Prisma.sql`ASC` : Prisma.sql`DESC`} LIMIT ${limit + 1}`;
  const more = found.length > limit;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const data = await readRows(Prisma.sql`t.id = ANY(${ids}::uuid[])`);
  const [first, last] = [data[0], data.at(-1)];
  const hasNewer = backwards ? more : older_than !== undefined;
  const hasOlder = backwards || more;
  return {
    data,
    newer_than: hasNewer && first ? first.id : null,
    older_than: hasOlder && last ? last.id : null,
  };
}

/**
 * The current state of these tasks, newest first.
 * @throws NotFound if one does not exist or belongs to another organization or mode.
 */
export async function getTaskRows(actor: Actor, ids: readonly string[]): Promise<TaskRow[]> {
  const rows = await readRows(Prisma.sql`t.id = ANY(${[...ids]}::uuid[]) AND ${visibleSql(actor)}`);
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id.toLowerCase()));
  if (missing !== undefined) throw new NotFound('task', missing);
  return rows;
}

/** How much of a payload is read for its excerpt, and how much of its first text is shown. */
const EXCERPT_READ = 600;
const EXCERPT_SHOWN = 140;

interface RawRow extends Omit<TaskRow, 'excerpt'> {
  beginning: string;
}

async function readRows(where: Prisma.Sql): Promise<TaskRow[]> {
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT t.id, t.status::text AS status, t.type, left(t.payload::text, ${EXCERPT_READ}) AS beginning,
           t.metadata, t.risk_tier::text AS risk_tier, t.confidence, t.votes_accepted AS votes_used,
           t.max_votes, t.held_sats::float8 AS held_sats, t.charged_sats::float8 AS charged_sats,
           t.sla_seconds, t.failure_message, t.created_at, t.completed_at, t.expires_at
      FROM tasks t WHERE ${where} ORDER BY t.id DESC`;
  return rows.map(({ beginning, ...row }) => ({ ...row, excerpt: excerptOf(beginning) }));
}

/** A text not followed by a colon: a value, not a key. */
const FIRST_TEXT = /[:[,]\s*"((?:[^"\\]|\\.)*)(?:"(?!\s*:)|$)/s;

/** The first text of a JSON prefix, which may be cut anywhere. */
function excerptOf(beginning: string): string {
  const [, escaped = ''] = FIRST_TEXT.exec(beginning) ?? [];
  const text = escaped.replace(/\\(?:u[0-9a-f]{4}|.)/gi, (sequence) => {
    const code = sequence[1] ?? '';
    if (code === 'u') return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
    return 'nrtbf'.includes(code) ? ' ' : code;
  });
  return text.length > EXCERPT_SHOWN ? `${text.slice(0, EXCERPT_SHOWN)}…` : text;
}

/**
 * The types among the actor's tasks, sorted. Uses a loose index scan, because reading every task to
 * find six types would be slow.
 */
export async function listTypesInUse(actor: Actor): Promise<string[]> {
  const rows = await db.$queryRaw<{ type: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT t.type FROM tasks t WHERE ${visibleSql(actor)} ORDER BY t.type LIMIT 1)
       UNION ALL
      SELECT (SELECT t.type FROM tasks t WHERE ${visibleSql(actor)} AND t.type > known.type
               ORDER BY t.type LIMIT 1)
        FROM known WHERE known.type IS NOT NULL
    )
    SELECT type FROM known WHERE type IS NOT NULL LIMIT 200`;
  return rows.map(({ type }) => type);
}
