const LENGTH_MAX = 254;

/** What a list's address asks for, by the names that the list knows; the server judges the values. */
export function listFilterOf<Name extends string>(
  names: readonly Name[],
  read: (name: Name) => string | string[] | null | undefined,
): Partial<Record<Name, string>> {
  const pairs = names.flatMap((name) => {
    const value = read(name);
    return typeof value === 'string' && value !== '' && value.length <= LENGTH_MAX
      ? [[name, value]]
      : [];
  });
  return Object.fromEntries(pairs) as Partial<Record<Name, string>>;
}
