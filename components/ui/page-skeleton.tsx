import { Skeleton, Stack } from '@mantine/core';
import { PageBody } from './app-frame';

/** What stands where a page will be while the server reads for it. */
export function PageSkeleton() {
  return (
    <PageBody>
      <Stack gap={20} role="progressbar" aria-label="Loading the page">
        <Skeleton height={24} width={220} />
        <Skeleton height={92} radius="lg" />
        <Skeleton height={240} radius="lg" />
      </Stack>
    </PageBody>
  );
}
