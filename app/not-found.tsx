import { Button } from '@mantine/core';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';

export default function NotFoundPage() {
  return (
    <main>
      <EmptyState
        icon={<Icon name="link" />}
        title="There is no such page"
        action={
          <Button component="a" href="/home">
            Start page
          </Button>
        }
      >
        The address may be mistyped, or the page may not be yours to see.
      </EmptyState>
    </main>
  );
}
