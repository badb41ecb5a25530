/**
 * Lists in statements that mostly concern one row. Postgres plans a prepared statement once for each connection
 * only where its cost does not depend on the parameters; an array, whose length it does not know, has it planned
 * on every call. So a list of one is written as what it is.
 */
import { Prisma } from './db';

/** The condition's right side that an id is one of these, as in `WHERE t.id ${isOneOf(ids)}`. */
export function isOneOf(ids: readonly string[]): Prisma.Sql {
  const [id, ...others] = ids;
  return id !== undefined && others.length === 0
    ? Prisma.sql`= ${id}::uuid`
    : Prisma.sql`= ANY(${[...ids]}::uuid[])`;
}

/**
 * A table of pairs to select from, with their numbers from 1: `FROM ${pairs(…)} AS asked(task_id, now, n)`.
 * @param types of the two columns, as Postgres calls them.
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
