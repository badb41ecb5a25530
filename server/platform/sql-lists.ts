/**
 * Lists in statements that usually concern one row. Postgres plans a prepared statement once per
 * connection only if its cost does not depend on the parameters; with an array of unknown length,
 * it replans on every call. So a list of one element is written as a scalar.
 */
import { Prisma } from './db';

/** The right side of a condition that an id is one of these, as in `WHERE t.id ${isOneOf(ids)}`. */
export function isOneOf(ids: readonly string[]): Prisma.Sql {
  const [id, ...others] = ids;
  return id !== undefined && others.length === 0
    ? Prisma.sql`= ${id}::uuid`
    : Prisma.sql`= ANY(${[...ids]}::uuid[])`;
}

/**
 * A table of pairs to select from, numbered from 1: `FROM ${pairs(…)} AS asked(task_id, now, n)`.
 * @param types the two columns' Postgres types.
 */
export function numberedPairs(
  types: readonly [string, string],
  rows: readonly (readonly [unknown, unknown])[],
): Prisma.Sql {
  const [first, second] = types.map(Prisma.raw) as [Prisma.Sql, Prisma.Sql];
  const [row, ...others] = rows;
  if (row && others.length === 0) {
    return Prisma.sql`(VALUES (${row[0]}::${first}, ${row[1]}::${second}, 1))`;
  }
  return Prisma.sql`unnest(${rows.map(([a]) => a)}::${first}[], ${rows.map(([, b]) => b)}::${second}[]) WITH ORDINALITY`;
}
