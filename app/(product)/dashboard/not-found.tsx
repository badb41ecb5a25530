'use client';

import { Button, Group } from '@mantine/core';
import Link from 'next/link';
import { PageBody } from '@/components/ui/app-frame';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';

export default function DashboardNotFound() {
  return (
    <PageBody>
      <EmptyState
        icon={<Icon name="link" />}
        title="There is no such page"
        action={
          <Group>
            <Button component={Link} href="/dashboard">
              Overview
            </Button>
            <Button component={Link} href="/dashboard/tasks" variant="default">
              Tasks
            </Button>
          </Group>
        }
      >
        The address may be mistyped, or it is another organization’s or the other mode’s. Search
        with Ctrl or ⌘ and K.
      </EmptyState>
    </PageBody>
  );
}
