'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { TYPE_NAME } from '@/server/features/task-types/policy';
import { TypeEditor } from './type-editor';

const isMissing = (error: unknown) => error !== null && failureOf(error).code === 'not_found';

/** One task type: what it is now, and the means to change it. One that is not saved yet begins empty. */
export function TypePage({ type, mayChange }: { type: string; mayChange: boolean }) {
  const trpc = useTRPC();
  const saved = useQuery(trpc.taskTypes.get.queryOptions({ type }, { retry: false }));
  const versions = useQuery(trpc.taskTypes.versions.queryOptions({ type }, { retry: false }));
  const isNew = isMissing(saved.error);
  // A type that was never saved has no versions to ask for.
  const versionList = versions.data ?? (isNew && isMissing(versions.error) ? [] : undefined);
  const mayBegin = isNew && mayChange && TYPE_NAME.test(type);
  if (saved.error && !mayBegin) {
    return (
      <PageBody>
        <PageHeader title="Task type" />
        <QueryFailure query={saved} />
        <Button component={Link} href="/dashboard/task-types" variant="default" mt="md">
          All task types
        </Button>
      </PageBody>
    );
  }
  if ((!saved.data && !isNew) || !versionList) {
    return (
      <PageBody wide>
        <PageHeader title={type} />
        {versions.error ? (
          <QueryFailure query={versions} />
        ) : (
          <Loading height={320} radius="lg" label="Loading the task type" />
        )}
      </PageBody>
    );
  }
  return (
    <TypeEditor
      key={type}
      type={type}
      saved={isNew ? null : (saved.data ?? null)}
      versions={versionList}
      mayChange={mayChange}
    />
  );
}
