import type { NotificationData } from '@mantine/notifications';
import { failureOf } from '@/components/trpc/failure';

/** Loads the library with the first notification. */
function show(notice: NotificationData): void {
  void import('@mantine/notifications').then(({ notifications }) => notifications.show(notice));
}

/** Notifies of success. */
export function tell(message: string): void {
  show({ message });
}

/** Notifies of a failure. */
export function warn(message: string): void {
  show({ color: 'red', message, role: 'alert' });
}

/** Notifies of a failed request, with the server's message. */
export function tellFailure(error: unknown): void {
  warn(failureOf(error).message);
}
