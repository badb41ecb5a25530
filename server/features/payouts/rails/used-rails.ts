import type { Tx } from '@/server/platform/db';

/** The names of those rails that were or may have been used, to which books and attempts refer. */
export async function usedRails(
  reader: Pick<Tx, '$queryRaw'>,
  names: readonly string[],
): Promise<Set<string>> {
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT r.name FROM rails r
     WHERE r.name = ANY(${[...names]}::text[])
       AND (EXISTS (SELECT FROM payout_attempts a WHERE a.rail = r.name)
            OR EXISTS (SELECT FROM deposits d WHERE d.rail = r.name)
            OR EXISTS (SELECT FROM direct_payments t WHERE t.rail_id = r.id)
            OR EXISTS (SELECT FROM accounts c WHERE c.kind = 'rail_float' AND c.owner = r.name))`;
  return new Set(rows.map(({ name }) => name));
}

export async function isUsed(tx: Tx, { name }: { name: string }): Promise<boolean> {
  return (await usedRails(tx, [name])).has(name);
}
