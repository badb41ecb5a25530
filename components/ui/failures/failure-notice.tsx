'use client';

import { Button, Group, Text } from '@mantine/core';
import { failureOf } from '@/components/trpc/failure';
import { Icon } from '@/components/ui/icons';
import classes from '@/components/ui/surface.module.css';

/** A failed request: its message, and a way to try again. */
export function FailureNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className={classes.failure} role="alert">
      <Group gap="sm" wrap="nowrap">
        <Icon name="warning" />
        <Text size="sm">{failureOf(error).message}</Text>
      </Group>
      {onRetry ? (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
