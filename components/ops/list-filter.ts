import { z } from 'zod';

/** What a list can be asked for, but for how much of it: its filter and its page. */
export type ListFilter<Query extends z.ZodObject> = Omit<Partial<z.output<Query>>, 'limit'>;

/** What a filter is to become; null and the empty string take one away. */
export type FilterChanges<Query extends z.ZodObject> = {
  [Name in Exclude<keyof Query['shape'], 'limit'>]?: string | null | undefined;
};

/** What a list's address asks for; what makes no sense to the list is left out. */
export function listFilterOf<Query extends z.ZodObject>(
  query: Query,
  read: (name: string) => string | string[] | null | undefined,
): ListFilter<Query> {
  const known = Object.entries(query.shape).flatMap(([name, field]) => {
    const value = read(name);
    if (name === 'limit' || !value) return [];
    const { success, data } = z.safeParse(field, value);
    return success ? [[name, data]] : [];
  });
  return Object.fromEntries(known) as ListFilter<Query>;
}

/** The address of a list after `changes`. Narrowing it begins at its first page again. */
export function changedAddress<Query extends z.ZodObject>(
  query: Query,
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  changes: FilterChanges<Query>,
): string {
  const before = new URLSearchParams(search);
  const filter = listFilterOf(query, (name) => before.get(name));
  const next = { ...filter, after: null, ...changes };
  const params = new URLSearchParams(
    Object.entries(next).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
  return params.size > 0 ? `${pathname}?${params}` : pathname;
}
