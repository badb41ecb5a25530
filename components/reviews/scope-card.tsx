'use client';

import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';

/** Whose answers the organization's members review. */
export function ScopeCard({ manages }: { manages: boolean }) {
  const trpc = useTRPC();
  const scope = useQuery(trpc.ownReviews.scope.queryOptions());
  const change = useAct(trpc.ownReviews.setScope, {
    done: ({ publicPool }) =>
      publicPool
        ? 'Your members review what the public pool answered as well.'
        : 'Operators alone review what the public pool answered.',
    refresh: [trpc.ownReviews.pathFilter()],
  });
  if (!scope.data || scope.isError)
    return <QueryState query={scope} height={96} radius="lg" label="Loading who reviews" />;
  return (
    <Card title="Who reviews">
      <Switch
        label="Review answers of the public pool, too"
        description="Your members review what your own people answered. Switched on, they review what workers of the public pool answered to your tasks as well, beside the operators of this instance. Nobody reviews a task they answered."
        checked={change.isPending ? change.variables.publicPool : scope.data.publicPool}
        disabled={!manages || change.isPending}
        onChange={(event) => change.mutate({ publicPool: event.currentTarget.checked })}
      />
    </Card>
  );
}
