'use client';

import { Button, Group } from '@mantine/core';
import { EmptyState } from './empty-state';
import { failureWords } from './failure-words';
import { Icon } from './icons';

interface PageFailureProps {
  error: Error & { digest?: string };
  onRetry: () => void;
  /** Where the area begins, for a way on that keeps the frame. */
  home?: { href: string; label: string };
}

/** What stands where a page failed to render. */
export function PageFailure({ error, onRetry, home }: PageFailureProps) {
  const { href, label } = home ?? { href: '/home', label: 'Start page' };
  const { icon, title, text, isStale } = failureWords(error);
  const action = isStale ? (
    <Button onClick={() => window.location.reload()}>Reload</Button>
  ) : (
    <Group>
      <Button onClick={onRetry}>Try again</Button>
      <Button variant="default" component="a" href={href}>
        {label}
      </Button>
    </Group>
  );
  return (
    <EmptyState icon={<Icon name={icon} />} title={title} action={action}>
      {text}
    </EmptyState>
  );
}
