import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says that another tab or device wrote last, and offers to bring back what was written here. */
export function showReplaced(assignmentId: string, onBringBack: () => void): void {
  const id = `replaced-${assignmentId}`;
  notifications.hide(id);
  notifications.show({
    id,
    autoClose: 20_000,
    title: 'Your answer was changed elsewhere',
    message: (
      <>
        Another tab or device wrote last, and that is what you see now.
        <br />
        <Button
          size="xs"
          variant="default"
          mt={8}
          onClick={() => {
            notifications.hide(id);
            onBringBack();
          }}
        >
          Bring mine back
        </Button>
      </>
    ),
  });
}
