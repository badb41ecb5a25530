'use client';

import { useSearchParams } from 'next/navigation';
import { changedAddress, type FilterChanges, type ListFields, listFilterOf } from './list-filter';

/**
 * A list's filters and page, kept in the address so that it can be shared.
 * @param fields the filters of the list.
 */
export function useListFilter<Fields extends ListFields>(fields: Fields) {
  const params = useSearchParams();
  const filter = listFilterOf(fields, (name) => params?.get(name));
  // Changes the current address, not the last rendered one: a debounced search would otherwise undo a
  // filter chosen in the meantime.
  const set = (changes: FilterChanges<Fields>) =>
    window.history.replaceState(null, '', changedAddress(fields, window.location, changes));
  return { filter, set };
}

/** A filter without its page, for the download. */
export function withoutPage(filter: object): URLSearchParams {
  const params = new URLSearchParams(Object.entries(filter));
  params.delete('after');
  return params;
}
