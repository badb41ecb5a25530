'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { usePages } from '@/components/ui/tables/pager';
import type { ListPeopleQuery } from '@/server/features/people/schema';

export const STATES = [
  { value: 'online', label: 'Online' },
  { value: 'active', label: 'Not paused' },
  { value: 'paused', label: 'Paused' },
] as const satisfies { value: NonNullable<ListPeopleQuery['state']>; label: string }[];

/** What the list is narrowed to, kept in the address so that it can be handed on and gone back to. */
export function usePeopleFilter() {
  const params = useSearchParams();
  const pathname = usePathname() ?? '';
  const pages = usePages();
  const search = params?.get('search')?.trim() ?? '';
  const skill = params?.get('skill') ?? null;
  const state = STATES.find(({ value }) => value === params?.get('state'))?.value ?? null;
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    pages.toFirst();
    window.history.replaceState(null, '', next.size > 0 ? `${pathname}?${next}` : pathname);
  };
  const query: ListPeopleQuery = {
    ...(search ? { search } : {}),
    ...(skill ? { skill } : {}),
    ...(state ? { state } : {}),
    ...pages.query,
  };
  return {
    query,
    search,
    skill,
    state,
    set,
    isNarrowed: Boolean(search || skill || state),
    clear: () => set({ search: null, skill: null, state: null }),
    pages,
  };
}
