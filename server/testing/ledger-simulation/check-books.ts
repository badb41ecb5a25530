/** Compares the books with the model: every entry since the last check, in one statement. */
import { db } from '@/server/platform/db';
import type { ExpectedEntry } from './model';
import type { World } from './world';

interface Found {
  /** The last entry checked. */
  last: bigint;
  wrong: string[] | null;
  counters: { key: string; sats: number }[] | null;
}

const textOf = (_key: string, value: unknown) =>
  typeof value === 'bigint' ? value.toString() : value;

/**
 * Compares the ledger's entries after `since` with the model's expectation of each step: the
 * postings, their entries, and each account's balance after each of them, computed backwards from
 * its current balance. So the books are checked after every step, although many are checked
 * together. The spending counters are compared only in their current state.
 * @returns the last entry, and the violated sentences.
 */
export async function checkBooks(
  { model, organizations, workers, rail, mode }: World,
  since: bigint,
): Promise<{ last: bigint; broken: string[] }> {
  const expected: readonly ExpectedEntry[] = model.takeExpected();
  const owners = [rail, ...workers, ...organizations.map(({ id }) => id)];
  const [found] = await db.$queryRaw<Found[]>`
    WITH expected AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(expected, textOf)}::jsonb)
        AS x(step int, reference text, posting text, kind account_kind, owner text, amount bigint,
             "after" bigint)
    ), own AS (
      SELECT id FROM accounts WHERE owner = ANY(${owners}) AND mode = ${mode}::mode
    ), fresh AS (
      SELECT DISTINCT e.posting_id
        FROM own JOIN entries e ON e.account_id = own.id AND e.id > ${since}
    ), actual AS (
      SELECT e.id, p.reference, p.kind AS posting, a.kind, a.owner, e.amount,
             CASE WHEN own.id IS NOT NULL AND a.kind <> 'rail_float' THEN
               a.balance + e.amount - sum(e.amount) OVER (PARTITION BY a.id ORDER BY e.id DESC) END AS "after"
        FROM fresh
        JOIN postings p ON p.id = fresh.posting_id
        JOIN entries e ON e.posting_id = p.id
        JOIN accounts a ON a.id = e.account_id
        LEFT JOIN own ON own.id = a.id
    ), compared AS (
      SELECT x.step, posting, reference, kind, owner, x.amount, x."after", a.amount AS found,
             a."after" AS balance,
             first_value(a."after") OVER (PARTITION BY x.step, kind, owner ORDER BY a.id DESC) AS final
        FROM expected x FULL JOIN actual a USING (reference, posting, kind, owner)
    ), wrong AS (
      SELECT format('step %s, %s of %s: %s of %s moves by %s to %s, expected %s to %s', step,
                    posting, reference, kind, owner, found, final, amount, "after") AS sentence
        FROM compared
       WHERE amount IS DISTINCT FROM found OR balance < 0
          OR ("after" IS NOT NULL AND "after" IS DISTINCT FROM final)
       LIMIT 10
    )
    SELECT greatest(${since}, (SELECT max(id) FROM actual)) AS last,
           (SELECT jsonb_agg(sentence) FROM wrong) AS wrong,
           (SELECT jsonb_agg(jsonb_build_object('key', day || ' ' || spender_id, 'sats', spent_sats))
              FROM spend_counters
             WHERE organization_id = ANY(${organizations.map(({ id }) => id)}::uuid[])
               AND mode = ${mode}::mode) AS counters`;
  const counted = new Map(found?.counters?.map(({ key, sats }) => [key, BigInt(sats)]));
  const keys = new Set([...counted.keys(), ...model.spent.keys()]);
  const miscounted = [...keys].flatMap((key) => {
    const [is, want] = [counted.get(key) ?? 0n, model.spent.get(key) ?? 0n];
    return is === want ? [] : [`${is} sats are counted for ${key}, not ${want}`];
  });
  return { last: found?.last ?? since, broken: [...(found?.wrong ?? []), ...miscounted] };
}
