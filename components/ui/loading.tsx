import { Skeleton, type SkeletonProps, Stack } from '@mantine/core';

/*
 * Placeholders for content that is loading. They have the role of a progress bar, so that they can have a
 * name, and are no live regions, because screen readers would read out every one on the page. A bare
 * Skeleton with a name is an accessibility error, so lint allows it only in this folder.
 */

export interface LoadingProps extends Omit<SkeletonProps, 'children' | 'aria-label' | 'role'> {
  /** What is loading, for screen readers. */
  label?: string;
}

export function Loading({ label = 'Loading', ...place }: LoadingProps) {
  return <Skeleton {...place} role="progressbar" aria-label={label} />;
}

const ROW_WIDTHS = ['70%', '85%', '60%', '78%', '66%'];

/** A placeholder for the rows of a list. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <Stack gap={14} p={20} role="progressbar" aria-label={label}>
      {ROW_WIDTHS.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </Stack>
  );
}
