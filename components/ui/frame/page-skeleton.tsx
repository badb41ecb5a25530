import { Skeleton, Stack } from '@mantine/core';
import classes from './app-frame.module.css';

/** What stands where a page will be while the server reads for it. */
export function PageSkeleton() {
  return (
    <div className={classes.content}>
      <Stack gap={20} role="progressbar" aria-label="Loading the page">
        <Skeleton height={24} width={220} />
        <Skeleton height={92} radius="lg" />
        <Skeleton height={240} radius="lg" />
      </Stack>
    </div>
  );
}
