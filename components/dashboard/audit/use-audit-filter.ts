'use client';

import { usePathname, useSearchParams } from 'next/navigation';

const NAMES = ['action', 'actor', 'from', 'to'] as const;
export type FilterName = (typeof NAMES)[number];

/** What the log is narrowed to, kept in the address so that it can be handed on. */
export function useAuditFilter() {
  const params = useSearchParams();
  const pathname = usePathname() ?? '';
  const filter: Partial<Record<FilterName, string>> = {};
  for (const name of NAMES) {
    const value = params?.get(name);
    const isDay = name !== 'from' && name !== 'to' ? true : /^\d{4}-\d{2}-\d{2}$/.test(value ?? '');
    if (value && value.length <= 64 && isDay) filter[name] = value;
  }
  const set = (changes: Partial<Record<FilterName, string | null>>) => {
    const next = new URLSearchParams(filter);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    window.history.replaceState(null, '', next.size > 0 ? `${pathname}?${next}` : pathname);
  };
  return { filter, set };
}
