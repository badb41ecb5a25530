'use client';

import {
  type QueryFilters,
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { tell, tellFailure } from '@/components/ui/notices';

interface Act<Data> {
  /** The notice after success; none by default. */
  done?: string | ((data: Data) => string);
  /** What else follows success; the mutation stays pending until it resolves. */
  after?: (data: Data) => unknown;
  /** What is read again, whether or not the mutation succeeded. */
  refresh?: readonly QueryFilters[];
  /** The page itself shows why it failed. */
  quiet?: boolean;
}

/** A procedure of tRPC, as far as it makes options of a mutation. */
interface Procedure<Data, Failure, Input, Context> {
  mutationOptions: (
    options: Pick<
      UseMutationOptions<Data, Failure, Input, Context>,
      'onSuccess' | 'onError' | 'onSettled'
    >,
  ) => UseMutationOptions<Data, Failure, Input, Context>;
}

/** A mutation that notifies of its success and failure, and refreshes what it changed. */
export function useAct<Data, Failure, Input, Context>(
  procedure: Procedure<Data, Failure, Input, Context>,
  { done, after, refresh = [], quiet }: Act<NoInfer<Data>> = {},
): UseMutationResult<Data, Failure, Input, Context> {
  const queryClient = useQueryClient();
  return useMutation(
    procedure.mutationOptions({
      onSuccess: (data) => {
        const finished = after?.(data);
        if (done !== undefined) tell(typeof done === 'string' ? done : done(data));
        return finished;
      },
      ...(quiet ? {} : { onError: tellFailure }),
      onSettled: () => Promise.all(refresh.map((each) => queryClient.invalidateQueries(each))),
    }),
  );
}
