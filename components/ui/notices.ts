import type { NotificationData } from '@mantine/notifications';
import { failureOf } from '@/components/trpc/failure';

/** The library is fetched when there is something to say. */
function show(notice: NotificationData): void {
  void import('@mantine/notifications').then(({ notifications }) => notifications.show(notice));
}

/** Says that something was done. */
export function tell(message: string): void {
  show({ message });
}

/** Says that something went otherwise than hoped for. */
export function warn(message: string): void {
  show({ color: 'red', message, role: 'alert' });
}

/** Says that a request failed, and why, in the server's words. */
export function tellFailure(error: unknown): void {
  warn(failureOf(error).message);
}
