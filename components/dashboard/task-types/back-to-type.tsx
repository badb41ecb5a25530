import { Anchor, Group } from '@mantine/core';
import Link from 'next/link';
import { Icon } from '@/components/ui/icons';

/** The way from a page about a type back to the type. */
export function BackToType({ type }: { type: string }) {
  return (
    <Anchor component={Link} href={`/dashboard/task-types/${type}`} size="sm" c="dimmed">
      <Group gap={6} mb={12}>
        <Icon name="back" size={14} />
        {type}
      </Group>
    </Anchor>
  );
}
