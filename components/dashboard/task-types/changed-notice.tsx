'use client';

import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Comparison } from '@/components/payload/comparison';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import type { TaskType } from '@/server/features/task-types/schema';
import { versionText } from './type-draft';

/** Somebody else saved the type meanwhile: what they changed, and the choice between the two. */
export function ChangedNotice(props: {
  type: string;
  base: TaskType | null;
  onKeepMine: (version: number) => void;
  onTakeTheirs: (theirs: TaskType) => void;
}) {
  const { type, base } = props;
  const trpc = useTRPC();
  const theirs = useQuery(trpc.taskTypes.get.queryOptions({ type }, { retry: false }));
  const versions = useQuery(trpc.taskTypes.versions.queryOptions({ type }));
  const last = versions.data?.find(({ current }) => current);
  const own = theirs.data && !theirs.data.shipped ? theirs.data : null;
  return (
    <Alert
      mb="md"
      color="orange"
      role="alert"
      icon={<Icon name="warning" />}
      title={
        last
          ? `${last.savedBy} saved version ${last.version} while you were writing`
          : 'This type was deleted while you were writing'
      }
    >
      <Text size="sm" mb="sm">
        Nothing of yours is saved or lost: it stands below as you wrote it.
      </Text>
      {theirs.isFetching && !own ? <Loading height={60} label="Loading the change" /> : null}
      {own ? (
        <details open>
          <summary>What they changed</summary>
          <Comparison before={base ? versionText(base) : ''} after={versionText(own)} />
        </details>
      ) : null}
      <Group gap="sm" mt="md">
        <Button size="xs" onClick={() => props.onKeepMine(own?.version ?? 0)}>
          Save mine over it
        </Button>
        {own ? (
          <Button size="xs" variant="default" onClick={() => props.onTakeTheirs(own)}>
            Take theirs, drop mine
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
