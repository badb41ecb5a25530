'use client';

import { useSearchParams } from 'next/navigation';
import { changedAddress, type FilterChanges, type ListFields, listFilterOf } from './list-filter';

/**
 * What a list is narrowed to and which page of it is shown, kept in the address so that it can be handed
 * on.
 * @param fields what the list can be asked for.
 */
export function useListFilter<Fields extends ListFields>(fields: Fields) {
  const params = useSearchParams();
  const filter = listFilterOf(fields, (name) => params?.get(name));
  // Changes the address as it is now, not the one that was last rendered: a search that was still being
  // typed would undo what was chosen meanwhile.
  const set = (changes: FilterChanges<Fields>) =>
    window.history.replaceState(null, '', changedAddress(fields, window.location, changes));
  return { filter, set };
}

/** A filter without its page, for the list's file. */
export function withoutPage(filter: object): URLSearchParams {
  const params = new URLSearchParams(Object.entries(filter));
  params.delete('after');
  return params;
}
