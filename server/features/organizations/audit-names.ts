import { db } from '@/server/platform/db';
import { isUuid } from '@/server/platform/ids';

/** The table that holds the name of a label such as `worker:0198…`. */
const TABLES = {
  member: 'users',
  operator: 'users',
  user: 'users',
  worker: 'workers',
  key: 'keys',
  api_key: 'keys',
  organization: 'organizations',
} as const;

type Table = (typeof TABLES)[keyof typeof TABLES];

const READ: Record<Table, (ids: string[]) => Promise<{ id: string; name: string }[]>> = {
  users: (ids) =>
    db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  workers: async (ids) =>
    (
      await db.worker.findMany({
        where: { id: { in: ids } },
        select: { id: true, displayName: true },
      })
    ).map(({ id, displayName }) => ({ id, name: displayName })),
  keys: (ids) =>
    db.apiKey.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
  organizations: (ids) =>
    db.organization.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
};

/** Resolves the names of labels that have one: people, workers, keys and organizations. */
export async function namesOf(labels: readonly string[]): Promise<Map<string, string>> {
  const idsOf = new Map<Table, Set<string>>();
  const known = new Map<string, { table: Table; id: string }>();
  for (const label of labels) {
    const [kind = '', id = ''] = label.split(':');
    if (!(kind in TABLES) || !isUuid(id)) continue;
    const table = TABLES[kind as keyof typeof TABLES];
    known.set(label, { table, id });
    idsOf.set(table, (idsOf.get(table) ?? new Set()).add(id));
  }
  const read = await Promise.all(
    [...idsOf].map(async ([table, ids]) =>
      (await READ[table]([...ids])).map(({ id, name }) => [`${table} ${id}`, name] as const),
    ),
  );
  const names = new Map(read.flat());
  return new Map(
    [...known].flatMap(([label, { table, id }]) => {
      const name = names.get(`${table} ${id}`);
      return name === undefined ? [] : [[label, name] as const];
    }),
  );
}
