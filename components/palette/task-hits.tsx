'use client';

import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Icon } from '@/components/ui/icons';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';

/** Tasks of the mode on show that fit what was typed, by their id or by their words. */
export function TaskHits({ query, hasOthers }: { query: string; hasOthers: boolean }) {
  const trpc = useTRPC();
  const router = useRouter();
  const found = useQuery(trpc.tasks.find.queryOptions({ filter: { search: query }, limit: 6 }));
  const hits = found.data?.data ?? [];
  if (hits.length === 0) {
    return hasOthers ? null : (
      <Spotlight.Empty>
        {found.isFetching
          ? 'Looking through the tasks…'
          : 'Nothing is called that, and no task fits.'}
      </Spotlight.Empty>
    );
  }
  return (
    <Spotlight.ActionsGroup label="Tasks">
      {hits.map((hit) => (
        <Spotlight.Action
          key={hit.id}
          label={humanise(hit.type)}
          description={hit.excerpt || hit.id}
          leftSection={<Icon name="list" />}
          rightSection={<Status value={hit.status} />}
          onClick={() => router.push(`/dashboard/tasks/${hit.id}`)}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
