import type { InferDataFromTag, QueryClient, QueryKey } from '@tanstack/react-query';

type DataOf<Key extends QueryKey> = NonNullable<InferDataFromTag<unknown, Key>>;

/**
 * Shows what a change will lead to before the server has answered it.
 * @param change gives the data as it will be; not asked where nothing is known yet.
 * @returns what was known before, to be put back where the server refuses.
 */
export async function anticipate<Key extends QueryKey>(
  queryClient: QueryClient,
  queryKey: Key,
  change: (before: DataOf<Key>) => DataOf<Key>,
): Promise<DataOf<Key> | undefined> {
  // Read first: to cancel a question puts back what was there when it was asked, which is nothing where
  // the page's own data came after it.
  const before = queryClient.getQueryData<DataOf<Key>>(queryKey);
  await queryClient.cancelQueries({ queryKey });
  if (before !== undefined) queryClient.setQueryData<DataOf<Key>>(queryKey, change(before));
  return before;
}
