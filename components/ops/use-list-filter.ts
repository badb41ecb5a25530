'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { listFilterOf } from './list-filter';

/**
 * What a list is narrowed to and which page of it is shown, kept in the address so that it can be handed
 * on. Narrowing it begins at its first page again.
 */
export function useListFilter<Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const pathname = usePathname() ?? '';
  const shown = [...names, 'after' as const];
  const filter = listFilterOf(shown, (name) => params?.get(name));
  const set = (changes: Partial<Record<Name | 'after', string | null>>) => {
    const next = new URLSearchParams(filter as Record<string, string>);
    for (const [name, value] of Object.entries({ after: null, ...changes })) {
      if (value) next.set(name, String(value));
      else next.delete(name);
    }
    window.history.replaceState(null, '', next.size > 0 ? `${pathname}?${next}` : pathname);
  };
  return { filter, set };
}

/** A filter without its page, for the list's file. */
export function withoutPage(filter: Partial<Record<string, string>>): URLSearchParams {
  const { after: _, ...rest } = filter;
  return new URLSearchParams(rest as Record<string, string>);
}
