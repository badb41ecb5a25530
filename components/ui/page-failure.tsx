'use client';

import { Button, Group } from '@mantine/core';
import { EmptyState } from './empty-state';
import { Icon } from './icons';
import { isStalePage } from './stale-page';

interface PageFailureProps {
  error: Error & { digest?: string };
  onRetry: () => void;
  /** Where the area begins, for a way on that keeps the frame. */
  home?: { href: string; label: string };
}

/** What stands where a page failed to render. The digest finds the failure in the logs. */
export function PageFailure({ error, onRetry, home }: PageFailureProps) {
  const { href, label } = home ?? { href: '/home', label: 'Start page' };
  if (isStalePage(error)) {
    return (
      <EmptyState
        icon={<Icon name="bolt" />}
        title="There is a new version"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        HumanRail was updated while this page was open. Reload it to go on.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Icon name="warning" />}
      title="This page could not be shown"
      action={
        <Group>
          <Button onClick={onRetry}>Try again</Button>
          <Button variant="default" component="a" href={href}>
            {label}
          </Button>
        </Group>
      }
    >
      Something went wrong on our side{error.digest ? ` (${error.digest})` : ''}. Nothing you did is
      lost.
    </EmptyState>
  );
}
