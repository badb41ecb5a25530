/** How each part of a list's filter is read out of its address. */
export type ListFields = Record<string, (value: string) => string | undefined>;

/** What a list is narrowed to, and the page of it that is shown. */
export type ListFilter<Fields extends ListFields> = {
  [Name in keyof Fields]?: Exclude<ReturnType<Fields[Name]>, undefined>;
};

/** What a filter is to become; null and the empty string take one away. */
export type FilterChanges<Fields extends ListFields> = {
  [Name in keyof Fields]?: string | null | undefined;
};

/** What a list's address asks for; what makes no sense to the list is left out. */
export function listFilterOf<Fields extends ListFields>(
  fields: Fields,
  read: (name: string) => string | string[] | null | undefined,
): ListFilter<Fields> {
  const known = Object.entries(fields).flatMap(([name, take]) => {
    const value = read(name);
    const taken = typeof value === 'string' ? take(value) : undefined;
    return taken === undefined ? [] : [[name, taken]];
  });
  return Object.fromEntries(known) as ListFilter<Fields>;
}

/** The address of a list after `changes`. Narrowing it begins at its first page again. */
export function changedAddress<Fields extends ListFields>(
  fields: Fields,
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  changes: FilterChanges<Fields>,
): string {
  const before = new URLSearchParams(search);
  const filter = listFilterOf(fields, (name) => before.get(name));
  const next = { ...filter, after: null, ...changes };
  const params = new URLSearchParams(
    Object.entries(next).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
  return params.size > 0 ? `${pathname}?${params}` : pathname;
}
