import { Skeleton, type SkeletonProps, Stack } from '@mantine/core';

/*
 * What holds the place of what is on its way. A progress bar, so that it may carry a name, and not a
 * live region: ten of them on one page would all be read out. A bare Skeleton with a name is a fault
 * of accessibility, so lint lets only this folder use one.
 */

export interface LoadingProps extends Omit<SkeletonProps, 'children' | 'aria-label' | 'role'> {
  /** What is on its way, for who hears the page. */
  label?: string;
}

export function Loading({ label = 'Loading', ...place }: LoadingProps) {
  return <Skeleton {...place} role="progressbar" aria-label={label} />;
}

const ROW_WIDTHS = ['70%', '85%', '60%', '78%', '66%'];

/** The rows of a list on its way. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <Stack gap={14} p={20} role="progressbar" aria-label={label}>
      {ROW_WIDTHS.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </Stack>
  );
}
